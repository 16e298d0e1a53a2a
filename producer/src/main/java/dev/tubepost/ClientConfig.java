package dev.tubepost;

import dev.tubepost.internal.config.CodecChoice;
import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.OptionTable;
import dev.tubepost.internal.config.ParsedConfig;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.internal.config.secure.SecurityByName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Options given by name, as in a properties file. <em>Immutable.</em>
 *
 * <p>Each option may go by its name in Java ({@code linger}), in the specification ({@code linger_ms}) or in kafka-clients
 * ({@code linger.ms}); two names of one option must agree. Durations are milliseconds, or have a unit: {@code 5000}, {@code 5 s}.
 * What kafka-clients knows and this library cannot do (yet) is refused, unless the value asks for nothing. Names of classes are
 * compared with those known and never loaded; placeholders ({@code ${...}}) are refused, never expanded. Options that are not given
 * keep the defaults of this library, not those of kafka-clients.
 *
 * <p>Security goes by kafka-clients' names: {@code security.protocol}, {@code ssl.*}, {@code sasl.*}, or {@code securityProtocol},
 * {@code sslTruststoreLocation} and so on; {@code saslUsername} and {@code saslPassword} instead of {@code sasl.jaas.config}, which is
 * read as data and runs nothing. As in kafka-clients, options that {@code security.protocol} does not ask for are passed over,
 * whatever they say; if it is not given and they are, that is refused. A secret that is needed and not given is taken from the
 * environment: {@code TUBEPOST_} and its name, as in {@code TUBEPOST_SASL_PASSWORD}. No message repeats a secret, nor a part of one.
 */
public final class ClientConfig {

    private final ProducerOptions producerOptions;
    private final ClusterOptions.Builder cluster;

    private ClientConfig(ProducerOptions producerOptions, ClusterOptions.Builder cluster) {
        this.producerOptions = producerOptions;
        this.cluster = cluster;
    }

    /**
     * Reads options on top of the specification's defaults.
     *
     * @param options values by name: text, or numbers, booleans, durations, classes (for their names), lists; null as if left out
     * @throws InvalidOptionsException with all problems at once
     */
    public static ClientConfig from(Map<String, ?> options) {
        return from(options, ProducerOptions.builder());
    }

    /**
     * Reads options on top of others, such as {@link ProducerOptions#durable()}.
     *
     * @param base what holds for the producer's options that are not given; it is changed
     * @throws InvalidOptionsException with all problems at once
     */
    public static ClientConfig from(Map<String, ?> options, ProducerOptions.Builder base) {
        return from(options, base, System::getenv);
    }

    /** @param environment the value of a variable by its name, or null */
    static ClientConfig from(
            Map<String, ?> options, ProducerOptions.Builder base, UnaryOperator<@Nullable String> environment) {
        return read(ParsedConfig.of(options), base, environment);
    }

    /**
     * Reads properties, and those that they have as defaults, on top of the specification's defaults.
     *
     * @throws InvalidOptionsException with all problems at once
     */
    public static ClientConfig from(Properties properties) {
        return from(properties, ProducerOptions.builder());
    }

    /**
     * Reads properties, and those that they have as defaults, on top of others, such as {@link ProducerOptions#durable()}.
     *
     * @param base what holds for the producer's options that are not given; it is changed
     * @throws InvalidOptionsException with all problems at once
     */
    public static ClientConfig from(Properties properties, ProducerOptions.Builder base) {
        Map<Object, Object> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        all.putAll(properties); // what is not text, as properties need not be
        return read(ParsedConfig.of(all), base, System::getenv);
    }

    private static ClientConfig read(
            ParsedConfig config, ProducerOptions.Builder producer, UnaryOperator<@Nullable String> environment) {
        OptionChecks checks = new OptionChecks(name -> nameOf(config, name));
        SecurityByName security = SecurityByName.read(config, environment);
        checks.problems().addAll(config.problems());
        setProducer(config, producer, checks);
        ProducerOptionRules.check(producer.settings(), checks);

        ClusterOptions.Builder cluster = ClusterOptions.builder("");
        setCluster(config, cluster);
        cluster.tls(security.tls()).sasl(security.sasl());
        ClusterOptionRules.check(cluster, checks);
        if (config.get(OptionTable.BOOTSTRAP_SERVERS) != null) {
            ClusterOptionRules.addresses(cluster, checks);
        }
        checkTogether(config, producer, checks);
        checks.throwIfAny();
        return new ClientConfig(producer.build(), cluster);
    }

    /** How the user called an option. TLS and SASL have no name of their own here. */
    private static String nameOf(ParsedConfig config, String javaName) {
        return switch (javaName) {
            case "tls" -> config.nameOf(SecurityTable.PROTOCOL.name()) + " = SASL_SSL";
            case "sasl" -> config.nameOf(SecurityTable.MECHANISM.name());
            default -> config.nameOf(javaName);
        };
    }

    /** The producer's options. */
    public ProducerOptions producerOptions() {
        return producerOptions;
    }

    /**
     * The cluster's options.
     *
     * @throws InvalidOptionsException if no bootstrap servers were given, which a producer's options alone do not need
     */
    public ClusterOptions clusterOptions() {
        return cluster.build();
    }

    /** All names that options may be given by, sorted. */
    public static SortedSet<String> knownNames() {
        return ParsedConfig.knownNames();
    }

    /**
     * An option's name in Java, by any of its names; a name that is no option's is given back as it is. For who lays several sources
     * over each other before reading them: two names of one option are the same entry.
     */
    public static String canonicalName(String name) {
        ConfigKey<?> key = OptionTable.byName(name);
        return key == null ? name : key.name();
    }

    /**
     * Reads a duration as the options here are read: {@code 5000} (milliseconds), {@code 5 s}; the units are ns, us, ms, s, min, h and d. For who has
     * options of his own beside these.
     *
     * @return at most 292 years, as every longer one
     * @throws IllegalArgumentException if it is none, or less than 0
     */
    public static Duration duration(String text) {
        Duration duration = ParsedConfig.duration(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("must not be negative");
        }
        return Durations.capped(duration);
    }

    private static void setProducer(ParsedConfig config, ProducerOptions.Builder producer, OptionChecks checks) {
        config.ifGiven(OptionTable.PARTITIONER, name -> producer.partitionerFactory(StockPartitioner.named(name)));
        setCompression(config, producer, checks);
        config.ifGiven(OptionTable.MAX_RETRIES, producer::maxRetries);
        config.ifGiven(OptionTable.RETRY_BACKOFF, producer::retryBackoff);
        config.ifGiven(OptionTable.RETRY_BACKOFF_MAX, producer::retryBackoffMax);
        config.ifGiven(OptionTable.REQUIRED_ACKS, producer::requiredAcks);
        config.ifGiven(OptionTable.IDEMPOTENT, producer::idempotent);
        config.ifGiven(OptionTable.ACK_TIMEOUT, producer::ackTimeout);
        config.ifGiven(OptionTable.MAX_QUEUED_MESSAGES, producer::maxQueuedMessages);
        config.ifGiven(OptionTable.MIN_QUEUED_MESSAGES, producer::minQueuedMessages);
        config.ifGiven(OptionTable.LINGER, producer::linger);
        config.ifGiven(OptionTable.BLOCK_ON_QUEUE_FULL, producer::blockOnQueueFull);
        config.ifGiven(OptionTable.BLOCK_TIMEOUT, producer::blockTimeout);
        config.ifGiven(OptionTable.MAX_REQUEST_SIZE, producer::maxRequestSize);
        config.ifGiven(OptionTable.SYNC, producer::sync);
        config.ifGiven(OptionTable.DELIVERY_REPORTS, producer::deliveryReports);
        config.ifGiven(OptionTable.REPORT_QUEUE_LIMIT, producer::reportQueueLimit);
        config.ifGiven(OptionTable.PENDING_TIMEOUT, producer::pendingTimeout);
        config.ifGiven(OptionTable.AUTO_START, producer::autoStart);
        config.ifGiven(OptionTable.DELIVERY_TIMEOUT, producer::deliveryTimeout);
        config.ifGiven(OptionTable.BATCH_BYTES, producer::batchBytes);
        config.ifGiven(OptionTable.BUFFER_MEMORY, producer::bufferMemory);
        config.ifGiven(OptionTable.MAX_IN_FLIGHT_REQUESTS, producer::maxInFlightRequests);
    }

    private static void setCluster(ParsedConfig config, ClusterOptions.Builder cluster) {
        config.ifGiven(OptionTable.BOOTSTRAP_SERVERS, cluster::bootstrapServers);
        config.ifGiven(OptionTable.CLIENT_ID, cluster::clientId);
        config.ifGiven(OptionTable.REQUEST_TIMEOUT, cluster::requestTimeout);
        config.ifGiven(OptionTable.CONNECTION_SETUP_TIMEOUT, cluster::connectionSetupTimeout);
        config.ifGiven(OptionTable.CONNECTION_SETUP_TIMEOUT_MAX, cluster::connectionSetupTimeoutMax);
        config.ifGiven(OptionTable.RECONNECT_BACKOFF, cluster::reconnectBackoff);
        config.ifGiven(OptionTable.RECONNECT_BACKOFF_MAX, cluster::reconnectBackoffMax);
        config.ifGiven(OptionTable.METADATA_MAX_AGE, cluster::metadataMaxAge);
        config.ifGiven(OptionTable.METADATA_MAX_IDLE, cluster::metadataMaxIdle);
        config.ifGiven(OptionTable.CONNECTIONS_MAX_IDLE, cluster::connectionsMaxIdle);
        config.ifGiven(OptionTable.SOURCE_ADDRESS, cluster::sourceAddress);
        config.ifGiven(OptionTable.IO_THREADS, cluster::ioThreads);
        config.ifGiven(OptionTable.SEND_BUFFER, cluster::sendBuffer);
        config.ifGiven(OptionTable.RECEIVE_BUFFER, cluster::receiveBuffer);
        config.ifGiven(OptionTable.MAX_REPLY_SIZE, cluster::maxReplySize);
        config.ifGiven(OptionTable.ALLOW_AUTO_TOPIC_CREATION, cluster::allowAutoTopicCreation);
        config.ifGiven(OptionTable.ALLOW_CREDENTIALS_IN_PLAINTEXT, cluster::allowCredentialsInPlaintext);
    }

    /** As kafka-clients: who sets both himself must leave time for one request (F96). */
    private static void checkTogether(ParsedConfig config, ProducerOptions.Builder producer, OptionChecks checks) {
        Duration delivery = config.get(OptionTable.DELIVERY_TIMEOUT);
        Duration request = config.get(OptionTable.REQUEST_TIMEOUT);
        if (delivery != null && request != null && delivery.compareTo(request.plus(producer.settings().linger)) < 0) {
            checks.refuse(
                    "deliveryTimeout",
                    delivery,
                    "must be at least " + checks.name("linger") + " + " + checks.name("requestTimeout") + " = "
                            + Durations.exact(request.plus(producer.settings().linger)));
        }
    }

    private static void setCompression(ParsedConfig config, ProducerOptions.Builder producer, OptionChecks checks) {
        CodecChoice choice = config.get(OptionTable.COMPRESSION);
        if (choice == null) {
            return;
        }
        ConfigKey<Integer> levelKey = switch (choice.codec()) {
            case "gzip" -> OptionTable.GZIP_LEVEL;
            case "lz4" -> OptionTable.LZ4_LEVEL;
            case "zstd" -> OptionTable.ZSTD_LEVEL;
            default -> null;
        };
        Integer apart = levelKey == null ? null : config.get(levelKey);
        Integer level = choice.level() == null ? apart : choice.level();
        if (apart != null && !apart.equals(level)) {
            checks.refuse("compression", choice, "contradicts " + levelKey + " = " + apart + "; give one of them");
        }
        try {
            producer.compression(compression(choice.codec(), level));
        } catch (IllegalArgumentException e) {
            checks.refuse("compression", choice, String.valueOf(e.getMessage()));
        }
    }

    private static Compression compression(String codec, @Nullable Integer level) {
        return switch (codec) {
            case "none" -> Compression.none();
            case "gzip" -> level == null ? Compression.gzip() : Compression.gzip(level);
            case "snappy" -> Compression.snappy();
            case "lz4" -> level == null ? Compression.lz4() : Compression.lz4(level);
            case "zstd" -> level == null ? Compression.zstd() : Compression.zstd(level);
            default -> throw new IllegalArgumentException(codec);
        };
    }
}
