package dev.tubepost.internal.cluster;

import dev.tubepost.internal.net.Connection;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What the cluster actor is set to. <em>Immutable.</em>
 *
 * @param bootstrap the bootstrap addresses, unresolved
 * @param clientId the client id in each request
 * @param allowAutoTopicCreation whether asking for a topic may create it
 * @param metadataMaxAgeNanos how often everything is asked for at the least
 * @param metadataMaxIdleNanos how long a topic that nobody uses is asked for
 * @param requestTimeoutNanos how long an update may take
 * @param retryBackoffNanos the first step between questions for a topic that is not ready
 * @param retryBackoffMaxNanos the last such step
 * @param reconnectBackoffNanos the first step between attempts to connect
 * @param reconnectBackoffMaxNanos the last such step
 * @param connection what each connection is set to
 */
public record ClusterSettings(
        List<InetSocketAddress> bootstrap,
        String clientId,
        boolean allowAutoTopicCreation,
        long metadataMaxAgeNanos,
        long metadataMaxIdleNanos,
        long requestTimeoutNanos,
        long retryBackoffNanos,
        long retryBackoffMaxNanos,
        long reconnectBackoffNanos,
        long reconnectBackoffMaxNanos,
        Connection.Settings connection) {}
