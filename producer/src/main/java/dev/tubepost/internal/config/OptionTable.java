package dev.tubepost.internal.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every option but security's that can be given as text, with its names: in Java, in the specification, in kafka-clients. <em>Immutable.</em>
 * Defaults and limits are not here, but with the options themselves.
 */
public final class OptionTable {

    public static final ConfigKey<String> PARTITIONER =
            ConfigKey.of("partitioner", "partitioner", "partitioner.class", Values::partitioner);
    public static final ConfigKey<CodecChoice> COMPRESSION =
            ConfigKey.of("compression", "compression", "compression.type", Values::codec);
    public static final ConfigKey<Integer> GZIP_LEVEL =
            ConfigKey.of("compression.gzip.level", null, null, Values::integer);
    public static final ConfigKey<Integer> LZ4_LEVEL =
            ConfigKey.of("compression.lz4.level", null, null, Values::lz4Level);
    public static final ConfigKey<Integer> ZSTD_LEVEL =
            ConfigKey.of("compression.zstd.level", null, null, Values::integer);
    public static final ConfigKey<Integer> MAX_RETRIES =
            ConfigKey.of("maxRetries", "max_retries", "retries", Values::integer);
    public static final ConfigKey<Duration> RETRY_BACKOFF =
            ConfigKey.of("retryBackoff", "retry_backoff_ms", "retry.backoff.ms", Values::duration);
    public static final ConfigKey<Duration> RETRY_BACKOFF_MAX =
            ConfigKey.of("retryBackoffMax", null, "retry.backoff.max.ms", Values::duration);
    public static final ConfigKey<Integer> REQUIRED_ACKS =
            ConfigKey.of("requiredAcks", "required_acks", "acks", Values::acks);
    public static final ConfigKey<Boolean> IDEMPOTENT =
            ConfigKey.of("idempotent", null, "enable.idempotence", Values::bool);
    public static final ConfigKey<Duration> ACK_TIMEOUT =
            ConfigKey.of("ackTimeout", "ack_timeout_ms", null, Values::duration);
    public static final ConfigKey<Integer> MAX_QUEUED_MESSAGES =
            ConfigKey.of("maxQueuedMessages", "max_queued_messages", null, Values::integer);
    public static final ConfigKey<Integer> MIN_QUEUED_MESSAGES =
            ConfigKey.of("minQueuedMessages", "min_queued_messages", null, Values::integer);
    public static final ConfigKey<Duration> LINGER = ConfigKey.of("linger", "linger_ms", "linger.ms", Values::duration);
    public static final ConfigKey<Boolean> BLOCK_ON_QUEUE_FULL =
            ConfigKey.of("blockOnQueueFull", "block_on_queue_full", null, Values::bool);
    public static final ConfigKey<Duration> BLOCK_TIMEOUT =
            ConfigKey.of("blockTimeout", null, "max.block.ms", Values::duration);
    public static final ConfigKey<Integer> MAX_REQUEST_SIZE =
            ConfigKey.of("maxRequestSize", "max_request_size", "max.request.size", Values::integer);
    public static final ConfigKey<Boolean> SYNC = ConfigKey.of("sync", "sync", null, Values::bool);
    public static final ConfigKey<Boolean> DELIVERY_REPORTS =
            ConfigKey.of("deliveryReports", "delivery_reports", null, Values::bool);
    public static final ConfigKey<Integer> REPORT_QUEUE_LIMIT =
            ConfigKey.of("reportQueueLimit", null, null, Values::integer);
    public static final ConfigKey<Duration> PENDING_TIMEOUT =
            ConfigKey.of("pendingTimeout", "pending_timeout_ms", null, Values::duration);
    public static final ConfigKey<Boolean> AUTO_START = ConfigKey.of("autoStart", "auto_start", null, Values::bool);
    public static final ConfigKey<Duration> DELIVERY_TIMEOUT =
            ConfigKey.of("deliveryTimeout", null, "delivery.timeout.ms", Values::duration);
    public static final ConfigKey<Integer> BATCH_BYTES =
            ConfigKey.of("batchBytes", null, "batch.size", Values::integer);
    public static final ConfigKey<Long> BUFFER_MEMORY =
            ConfigKey.of("bufferMemory", null, "buffer.memory", Values::longInteger);
    public static final ConfigKey<Integer> MAX_IN_FLIGHT_REQUESTS =
            ConfigKey.of("maxInFlightRequests", null, "max.in.flight.requests.per.connection", Values::integer);

    public static final ConfigKey<String> BOOTSTRAP_SERVERS =
            ConfigKey.of("bootstrapServers", "hosts", "bootstrap.servers", Values::text);
    public static final ConfigKey<String> CLIENT_ID = ConfigKey.of("clientId", null, "client.id", Values::text);
    public static final ConfigKey<Duration> REQUEST_TIMEOUT =
            ConfigKey.of("requestTimeout", "socket_timeout_ms", "request.timeout.ms", Values::duration);
    public static final ConfigKey<Duration> CONNECTION_SETUP_TIMEOUT =
            ConfigKey.of("connectionSetupTimeout", null, "socket.connection.setup.timeout.ms", Values::duration);
    public static final ConfigKey<Duration> CONNECTION_SETUP_TIMEOUT_MAX =
            ConfigKey.of("connectionSetupTimeoutMax", null, "socket.connection.setup.timeout.max.ms", Values::duration);
    public static final ConfigKey<Duration> RECONNECT_BACKOFF =
            ConfigKey.of("reconnectBackoff", null, "reconnect.backoff.ms", Values::duration);
    public static final ConfigKey<Duration> RECONNECT_BACKOFF_MAX =
            ConfigKey.of("reconnectBackoffMax", null, "reconnect.backoff.max.ms", Values::duration);
    public static final ConfigKey<Duration> METADATA_MAX_AGE =
            ConfigKey.of("metadataMaxAge", null, "metadata.max.age.ms", Values::duration);
    public static final ConfigKey<Duration> METADATA_MAX_IDLE =
            ConfigKey.of("metadataMaxIdle", null, "metadata.max.idle.ms", Values::duration);
    public static final ConfigKey<Duration> CONNECTIONS_MAX_IDLE =
            ConfigKey.of("connectionsMaxIdle", null, "connections.max.idle.ms", Values::duration);
    public static final ConfigKey<InetSocketAddress> SOURCE_ADDRESS =
            ConfigKey.of("sourceAddress", "source_address", null, Values::sourceAddress);
    public static final ConfigKey<Integer> IO_THREADS = ConfigKey.of("ioThreads", null, null, Values::integer);
    public static final ConfigKey<Integer> SEND_BUFFER =
            ConfigKey.of("sendBuffer", null, "send.buffer.bytes", Values::integer);
    public static final ConfigKey<Integer> RECEIVE_BUFFER =
            ConfigKey.of("receiveBuffer", null, "receive.buffer.bytes", Values::integer);
    public static final ConfigKey<Integer> MAX_REPLY_SIZE = ConfigKey.of("maxReplySize", null, null, Values::integer);
    public static final ConfigKey<Boolean> ALLOW_AUTO_TOPIC_CREATION =
            ConfigKey.of("allowAutoTopicCreation", null, null, Values::bool);
    public static final ConfigKey<Boolean> ALLOW_CREDENTIALS_IN_PLAINTEXT =
            ConfigKey.of("allowCredentialsInPlaintext", null, null, Values::bool);

    /** All options but those of {@link SecurityTable}: the producer's, then the cluster's. */
    public static final List<ConfigKey<?>> ALL = List.of(
            PARTITIONER,
            COMPRESSION,
            GZIP_LEVEL,
            LZ4_LEVEL,
            ZSTD_LEVEL,
            MAX_RETRIES,
            RETRY_BACKOFF,
            RETRY_BACKOFF_MAX,
            REQUIRED_ACKS,
            IDEMPOTENT,
            ACK_TIMEOUT,
            MAX_QUEUED_MESSAGES,
            MIN_QUEUED_MESSAGES,
            LINGER,
            BLOCK_ON_QUEUE_FULL,
            BLOCK_TIMEOUT,
            MAX_REQUEST_SIZE,
            SYNC,
            DELIVERY_REPORTS,
            REPORT_QUEUE_LIMIT,
            PENDING_TIMEOUT,
            AUTO_START,
            DELIVERY_TIMEOUT,
            BATCH_BYTES,
            BUFFER_MEMORY,
            MAX_IN_FLIGHT_REQUESTS,
            BOOTSTRAP_SERVERS,
            CLIENT_ID,
            REQUEST_TIMEOUT,
            CONNECTION_SETUP_TIMEOUT,
            CONNECTION_SETUP_TIMEOUT_MAX,
            RECONNECT_BACKOFF,
            RECONNECT_BACKOFF_MAX,
            METADATA_MAX_AGE,
            METADATA_MAX_IDLE,
            CONNECTIONS_MAX_IDLE,
            SOURCE_ADDRESS,
            IO_THREADS,
            SEND_BUFFER,
            RECEIVE_BUFFER,
            MAX_REPLY_SIZE,
            ALLOW_AUTO_TOPIC_CREATION,
            ALLOW_CREDENTIALS_IN_PLAINTEXT);

    private static final Map<String, ConfigKey<?>> BY_NAME = new HashMap<>();

    static {
        for (List<ConfigKey<?>> keys : List.of(ALL, SecurityTable.ALL)) {
            for (ConfigKey<?> key : keys) {
                key.names().forEach(name -> BY_NAME.put(name, key));
            }
        }
    }

    private OptionTable() {}

    /** All names that options may be given by, those of {@link SecurityTable} too. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The option with this name, whichever of the three it is, or null if there is none. */
    public static @Nullable ConfigKey<?> byName(String name) {
        return BY_NAME.get(name);
    }
}
