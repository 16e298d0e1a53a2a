package dev.tubepost.internal.client;

import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.broker.ProduceSettings;
import dev.tubepost.internal.cluster.ClusterSettings;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.EventLoops;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The users' options in the units of the classes that obey them. Static, without state. */
final class Settings {

    /** What a broker is told we are (KIP-511). */
    private static final String SOFTWARE_NAME = "tubepost";

    private static final String SOFTWARE_VERSION = "0.1.0";

    private static final long METADATA_BACKOFF_NANOS = 100_000_000L;
    private static final long METADATA_BACKOFF_MAX_NANOS = 1_000_000_000L;

    private Settings() {}

    static EventLoops.Settings eventLoops(ClusterOptions options) {
        EventLoops.Settings defaults = EventLoops.Settings.defaults();
        return new EventLoops.Settings(
                options.ioThreads(),
                Objects.requireNonNullElse(options.threadFactory(), defaults.threadFactory()),
                Math.max(0, options.sendBuffer()),
                Math.max(0, options.receiveBuffer()),
                defaults.onFault());
    }

    static Connection.Settings connection(
            ClusterOptions options, @Nullable TransportSecurity tls, @Nullable Authenticator authenticator) {
        return new Connection.Settings(
                options.clientId(),
                SOFTWARE_NAME,
                SOFTWARE_VERSION,
                CallerWait.nanos(options.requestTimeout()),
                CallerWait.nanos(options.connectionSetupTimeout()),
                CallerWait.nanos(options.connectionSetupTimeoutMax()),
                CallerWait.nanos(options.connectionsMaxIdle()),
                options.maxReplySize(),
                options.sourceAddress(),
                tls,
                authenticator);
    }

    static ClusterSettings cluster(ClusterOptions options, Connection.Settings connection) {
        return new ClusterSettings(
                options.bootstrapServers(),
                options.clientId(),
                options.allowAutoTopicCreation(),
                CallerWait.nanos(options.metadataMaxAge()),
                CallerWait.nanos(options.metadataMaxIdle()),
                CallerWait.nanos(options.requestTimeout()),
                METADATA_BACKOFF_NANOS,
                METADATA_BACKOFF_MAX_NANOS,
                CallerWait.nanos(options.reconnectBackoff()),
                CallerWait.nanos(options.reconnectBackoffMax()),
                connection);
    }

    static ProduceSettings produce(ClusterOptions cluster, ProducerOptions options) {
        return new ProduceSettings(
                cluster.clientId(),
                (short) options.requiredAcks(),
                (int) options.ackTimeout().toMillis(),
                options.maxRequestSize(),
                options.maxRetries(),
                options.maxInFlightRequests(),
                CallerWait.nanos(options.retryBackoff()),
                CallerWait.nanos(options.retryBackoffMax()),
                CallerWait.nanos(cluster.reconnectBackoff()),
                CallerWait.nanos(cluster.reconnectBackoffMax()));
    }
}
