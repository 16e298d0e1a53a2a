package dev.tubepost.internal.broker;

/**
 * How a session produces. <em>Immutable.</em>
 *
 * @param clientId the client id in each request
 * @param acks 0, 1, or -1
 * @param ackTimeoutMillis the broker's time to collect acknowledgements
 * @param maxRequestBytes the most bytes of a request
 * @param maxRetries how many attempts may follow the first, per batch
 * @param maxInFlightRequests how many requests may wait for their reply on one connection
 * @param retryBackoffNanos the first step between attempts of a partition
 * @param retryBackoffMaxNanos the last such step
 * @param reconnectBackoffNanos the first step between attempts to connect
 * @param reconnectBackoffMaxNanos the last such step
 */
public record ProduceSettings(
        String clientId,
        short acks,
        int ackTimeoutMillis,
        int maxRequestBytes,
        int maxRetries,
        int maxInFlightRequests,
        long retryBackoffNanos,
        long retryBackoffMaxNanos,
        long reconnectBackoffNanos,
        long reconnectBackoffMaxNanos) {}
