package dev.tubepost;

import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TlsOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached, and with which threads. <em>Immutable.</em>
 *
 * <p>Each option names what the specification and kafka-clients call it, where they have it; {@link ClientConfig} understands all of
 * these names. Durations longer than 292 years count as 292 years.
 */
public final class ClusterOptions {

    /** For the socket buffers: as the operating system sees fit. */
    public static final int SYSTEM_DEFAULT = -1;

    private final Builder set;
    private final List<InetSocketAddress> bootstrapServers;

    private ClusterOptions(Builder builder, List<InetSocketAddress> bootstrapServers) {
        this.set = new Builder(builder); // a copy that nobody else has, and nobody changes
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts from the defaults.
     *
     * @param bootstrapServers see {@link #bootstrapServers()}
     */
    public static Builder builder(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /** A builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(set);
    }

    /**
     * Brokers to ask first, unresolved, in the order given: comma-separated {@code host:port}, IPv6 hosts in brackets, ports 1 to
     * 65535. One that can be reached suffices, it knows the others. No default. Specification: {@code hosts}; kafka-clients:
     * {@code bootstrap.servers}.
     */
    public List<InetSocketAddress> bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * What the broker calls this client in its logs and quotas; not blank, at most 249 bytes of UTF-8. Default: {@code tubepost}.
     * kafka-clients: {@code client.id}.
     */
    public String clientId() {
        return set.clientId;
    }

    /**
     * How long a broker may take to answer a request, from the first byte queued; then the connection is closed. More than 0. Default:
     * 30 s. Specification: {@code socket_timeout_ms}; kafka-clients: {@code request.timeout.ms}.
     */
    public Duration requestTimeout() {
        return set.requestTimeout;
    }

    /**
     * How long a new connection may take until the broker has said what it speaks; grows with each failure up to
     * {@link #connectionSetupTimeoutMax()}. More than 0. Default: 10 s. kafka-clients: {@code socket.connection.setup.timeout.ms}.
     */
    public Duration connectionSetupTimeout() {
        return set.connectionSetupTimeout;
    }

    /**
     * The most that the connection-setup timeout grows to; at least {@link #connectionSetupTimeout()}. Default: 30 s, or that one if
     * it is longer. kafka-clients: {@code socket.connection.setup.timeout.max.ms}.
     */
    public Duration connectionSetupTimeoutMax() {
        return set.connectionSetupTimeoutMax();
    }

    /**
     * The wait before connecting again to a broker that could not be reached; it doubles for each failure, with jitter. More than 0.
     * Default: 50 ms. kafka-clients: {@code reconnect.backoff.ms}.
     */
    public Duration reconnectBackoff() {
        return set.reconnectBackoff;
    }

    /**
     * The longest wait before connecting again; at least {@link #reconnectBackoff()}. Default: 1 s, or that one if it is longer.
     * kafka-clients: {@code reconnect.backoff.max.ms}.
     */
    public Duration reconnectBackoffMax() {
        return set.reconnectBackoffMax();
    }

    /**
     * How old metadata may become before it is asked for again without need, which finds new partitions. More than 0. Default: 5
     * minutes. kafka-clients: {@code metadata.max.age.ms}.
     */
    public Duration metadataMaxAge() {
        return set.metadataMaxAge;
    }

    /**
     * How long a topic is kept up to date after the last session with a producer for it was closed, or its partitions were last asked for; as long as
     * such a session is open, it is. More than 0. Default: 5 minutes. kafka-clients: {@code metadata.max.idle.ms} (which forgets a topic that
     * nothing is sent to).
     */
    public Duration metadataMaxIdle() {
        return set.metadataMaxIdle;
    }

    /**
     * How long a connection that nobody uses stays open; keep it below the broker's own limit (by default 10 minutes). More than 0.
     * Default: 9 minutes. kafka-clients: {@code connections.max.idle.ms}.
     */
    public Duration connectionsMaxIdle() {
        return set.connectionsMaxIdle;
    }

    /** The address of this host that connections start from; null: any. Default: any. Specification: {@code source_address}. */
    public @Nullable InetSocketAddress sourceAddress() {
        return set.sourceAddress;
    }

    /** How many event loops there are at most, each one thread; 1 to 1,024. Default: the number of cores. */
    public int ioThreads() {
        return set.ioThreads;
    }

    /** Makes the threads for event loops, reports and blocking work; null: daemon threads with telling names. Default: null. */
    public @Nullable ThreadFactory threadFactory() {
        return set.threadFactory;
    }

    /** The socket's send buffer in bytes; 1 or more, or -1: the system's. Default: 131,072. kafka-clients: {@code send.buffer.bytes}. */
    public int sendBuffer() {
        return set.sendBuffer;
    }

    /**
     * The socket's receive buffer in bytes; 1 or more, or -1: the system's. Default: 32,768. kafka-clients:
     * {@code receive.buffer.bytes}.
     */
    public int receiveBuffer() {
        return set.receiveBuffer;
    }

    /**
     * The largest reply that is read, in bytes; a larger one closes the connection. 65,536 or more. Memory is taken as bytes arrive,
     * not before. Default: 16 MiB.
     */
    public int maxReplySize() {
        return set.maxReplySize;
    }

    /** Whether brokers that are set up to do so may create a topic when it is first asked for. Default: yes. */
    public boolean allowAutoTopicCreation() {
        return set.allowAutoTopicCreation;
    }

    /** TLS for all connections; null: none, all is sent in plain text. Default: null. kafka-clients: {@code security.protocol}, {@code ssl.*}. */
    public @Nullable TlsOptions tls() {
        return set.tls;
    }

    /** How we prove to each broker who we are; null: not at all. Default: null. kafka-clients: {@code security.protocol}, {@code sasl.*}. */
    public @Nullable SaslOptions sasl() {
        return set.sasl;
    }

    /**
     * Whether passwords and tokens may be sent without TLS, for whoever listens to read: PLAIN and OAUTHBEARER are refused otherwise. For tests. Default:
     * no.
     */
    public boolean allowCredentialsInPlaintext() {
        return set.allowCredentialsInPlaintext;
    }

    /** The options that differ from the defaults, and the bootstrap servers. */
    @Override
    public String toString() {
        Map<String, Object> values = values();
        Map<String, Object> defaults = builder("none:1").build().values();
        defaults.remove("bootstrapServers"); // which has no default
        values.entrySet().removeAll(defaults.entrySet());
        return "ClusterOptions" + values;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bootstrapServers", set.bootstrapServers);
        values.put("clientId", clientId());
        values.put("requestTimeout", Durations.exact(requestTimeout()));
        values.put("connectionSetupTimeout", Durations.exact(connectionSetupTimeout()));
        values.put("connectionSetupTimeoutMax", Durations.exact(connectionSetupTimeoutMax()));
        values.put("reconnectBackoff", Durations.exact(reconnectBackoff()));
        values.put("reconnectBackoffMax", Durations.exact(reconnectBackoffMax()));
        values.put("metadataMaxAge", Durations.exact(metadataMaxAge()));
        values.put("metadataMaxIdle", Durations.exact(metadataMaxIdle()));
        values.put("connectionsMaxIdle", Durations.exact(connectionsMaxIdle()));
        values.put("sourceAddress", sourceAddress() == null ? "any" : sourceAddress());
        values.put("ioThreads", ioThreads());
        values.put("threadFactory", threadFactory() == null ? "none" : threadFactory());
        values.put("sendBuffer", sendBuffer());
        values.put("receiveBuffer", receiveBuffer());
        values.put("maxReplySize", maxReplySize());
        values.put("allowAutoTopicCreation", allowAutoTopicCreation());
        values.put("tls", tls() == null ? "none" : tls());
        values.put("sasl", sasl() == null ? "none" : sasl().mechanism());
        values.put("allowCredentialsInPlaintext", allowCredentialsInPlaintext());
        return values;
    }

    /**
     * Collects options; each method sets the option of its name. Nothing is checked before {@link #build()}. <em>Confined to one
     * thread.</em>
     */
    public static final class Builder {

        String bootstrapServers;
        String clientId = "tubepost";
        Duration requestTimeout = Duration.ofSeconds(30);
        Duration connectionSetupTimeout = Duration.ofSeconds(10);

        @Nullable
        Duration connectionSetupTimeoutMax;

        Duration reconnectBackoff = Duration.ofMillis(50);

        @Nullable
        Duration reconnectBackoffMax;

        Duration metadataMaxAge = Duration.ofMinutes(5);
        Duration metadataMaxIdle = Duration.ofMinutes(5);
        Duration connectionsMaxIdle = Duration.ofMinutes(9);

        @Nullable
        InetSocketAddress sourceAddress;

        int ioThreads = Runtime.getRuntime().availableProcessors();

        @Nullable
        ThreadFactory threadFactory;

        int sendBuffer = 128 << 10;
        int receiveBuffer = 32 << 10;
        int maxReplySize = 16 << 20;
        boolean allowAutoTopicCreation = true;

        @Nullable
        TlsOptions tls;

        @Nullable
        SaslOptions sasl;

        boolean allowCredentialsInPlaintext;

        private Builder(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
        }

        private Builder(Builder from) {
            bootstrapServers = from.bootstrapServers;
            clientId = from.clientId;
            requestTimeout = from.requestTimeout;
            connectionSetupTimeout = from.connectionSetupTimeout;
            connectionSetupTimeoutMax = from.connectionSetupTimeoutMax;
            reconnectBackoff = from.reconnectBackoff;
            reconnectBackoffMax = from.reconnectBackoffMax;
            metadataMaxAge = from.metadataMaxAge;
            metadataMaxIdle = from.metadataMaxIdle;
            connectionsMaxIdle = from.connectionsMaxIdle;
            sourceAddress = from.sourceAddress;
            ioThreads = from.ioThreads;
            threadFactory = from.threadFactory;
            sendBuffer = from.sendBuffer;
            receiveBuffer = from.receiveBuffer;
            maxReplySize = from.maxReplySize;
            allowAutoTopicCreation = from.allowAutoTopicCreation;
            tls = from.tls;
            sasl = from.sasl;
            allowCredentialsInPlaintext = from.allowCredentialsInPlaintext;
        }

        /** Sets {@link ClusterOptions#bootstrapServers()}. */
        public Builder bootstrapServers(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
            return this;
        }

        /** Sets {@link ClusterOptions#clientId()}. */
        public Builder clientId(String clientId) {
            this.clientId = clientId;
            return this;
        }

        /** Sets {@link ClusterOptions#requestTimeout()}. */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = Durations.capped(requestTimeout);
            return this;
        }

        /** Sets {@link ClusterOptions#connectionSetupTimeout()}. */
        public Builder connectionSetupTimeout(Duration connectionSetupTimeout) {
            this.connectionSetupTimeout = Durations.capped(connectionSetupTimeout);
            return this;
        }

        /** Sets {@link ClusterOptions#connectionSetupTimeoutMax()}. */
        public Builder connectionSetupTimeoutMax(Duration connectionSetupTimeoutMax) {
            this.connectionSetupTimeoutMax = Durations.capped(connectionSetupTimeoutMax);
            return this;
        }

        /** Sets {@link ClusterOptions#reconnectBackoff()}. */
        public Builder reconnectBackoff(Duration reconnectBackoff) {
            this.reconnectBackoff = Durations.capped(reconnectBackoff);
            return this;
        }

        /** Sets {@link ClusterOptions#reconnectBackoffMax()}. */
        public Builder reconnectBackoffMax(Duration reconnectBackoffMax) {
            this.reconnectBackoffMax = Durations.capped(reconnectBackoffMax);
            return this;
        }

        /** Sets {@link ClusterOptions#metadataMaxAge()}. */
        public Builder metadataMaxAge(Duration metadataMaxAge) {
            this.metadataMaxAge = Durations.capped(metadataMaxAge);
            return this;
        }

        /** Sets {@link ClusterOptions#metadataMaxIdle()}. */
        public Builder metadataMaxIdle(Duration metadataMaxIdle) {
            this.metadataMaxIdle = Durations.capped(metadataMaxIdle);
            return this;
        }

        /** Sets {@link ClusterOptions#connectionsMaxIdle()}. */
        public Builder connectionsMaxIdle(Duration connectionsMaxIdle) {
            this.connectionsMaxIdle = Durations.capped(connectionsMaxIdle);
            return this;
        }

        /** Sets {@link ClusterOptions#sourceAddress()}; null for any. */
        public Builder sourceAddress(@Nullable InetSocketAddress sourceAddress) {
            this.sourceAddress = sourceAddress;
            return this;
        }

        /** Sets {@link ClusterOptions#ioThreads()}. */
        public Builder ioThreads(int ioThreads) {
            this.ioThreads = ioThreads;
            return this;
        }

        /** Sets {@link ClusterOptions#threadFactory()}; null for the default. */
        public Builder threadFactory(@Nullable ThreadFactory threadFactory) {
            this.threadFactory = threadFactory;
            return this;
        }

        /** Sets {@link ClusterOptions#sendBuffer()}. */
        public Builder sendBuffer(int sendBuffer) {
            this.sendBuffer = sendBuffer;
            return this;
        }

        /** Sets {@link ClusterOptions#receiveBuffer()}. */
        public Builder receiveBuffer(int receiveBuffer) {
            this.receiveBuffer = receiveBuffer;
            return this;
        }

        /** Sets {@link ClusterOptions#maxReplySize()}. */
        public Builder maxReplySize(int maxReplySize) {
            this.maxReplySize = maxReplySize;
            return this;
        }

        /** Sets {@link ClusterOptions#allowAutoTopicCreation()}. */
        public Builder allowAutoTopicCreation(boolean allowAutoTopicCreation) {
            this.allowAutoTopicCreation = allowAutoTopicCreation;
            return this;
        }

        /** Sets {@link ClusterOptions#tls()}; null for none. */
        public Builder tls(@Nullable TlsOptions tls) {
            this.tls = tls;
            return this;
        }

        /** Sets {@link ClusterOptions#sasl()}; null for none. */
        public Builder sasl(@Nullable SaslOptions sasl) {
            this.sasl = sasl;
            return this;
        }

        /** Sets {@link ClusterOptions#allowCredentialsInPlaintext()}. */
        public Builder allowCredentialsInPlaintext(boolean allowCredentialsInPlaintext) {
            this.allowCredentialsInPlaintext = allowCredentialsInPlaintext;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws InvalidOptionsException with all problems at once
         */
        public ClusterOptions build() {
            OptionChecks checks = new OptionChecks(UnaryOperator.identity());
            List<InetSocketAddress> addresses = ClusterOptionRules.addresses(this, checks);
            ClusterOptionRules.check(this, checks);
            checks.throwIfAny();
            return new ClusterOptions(this, addresses);
        }

        Duration connectionSetupTimeoutMax() {
            return orLonger(connectionSetupTimeoutMax, Duration.ofSeconds(30), connectionSetupTimeout);
        }

        Duration reconnectBackoffMax() {
            return orLonger(reconnectBackoffMax, Duration.ofSeconds(1), reconnectBackoff);
        }

        private static Duration orLonger(@Nullable Duration given, Duration usual, Duration least) {
            return given != null ? given : least.compareTo(usual) > 0 ? least : usual;
        }
    }
}
