package dev.tubepost.cli;

import dev.tubepost.ClientConfig;
import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the cluster and how to send, as the user said it. <em>Immutable.</em>
 *
 * <p>Precedence: an option of the command's own, then {@code -X}, then the environment, then the file, then the library's durable
 * preset. Layers are compared by what a name means: {@code -X linger_ms=1} overrides a file's {@code linger.ms}. Secrets that none of
 * them has are the library's to find, in the environment.
 */
final class Settings {

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String PROTOCOL = "security.protocol";
    private static final String PARTITIONER = "partitioner";
    /** What the command decides by itself, by the name in Java, and how. */
    private static final Map<String, String> DECIDED = Map.of(
            "sync", "does not wait for one message before it sends the next",
            "autoStart", "starts its producer at once",
            "deliveryReports", "tells what became of the messages in the receipt and by --rejects",
            "blockOnQueueFull", "waits for room",
            "blockTimeout", "waits for room as long as it takes");

    private static final String BOOTSTRAP_ENVIRONMENT = "KAFKA_BOOTSTRAP_SERVERS";

    /** How long one call may wait for room; then it is made again, so this only decides how soon an end is noticed. */
    private static final Duration ROOM_TIMEOUT = Duration.ofSeconds(30);

    /** By the name in Java; the latest layer wins. */
    private final Map<String, Option> options;

    private final List<String> passedOver;

    private Settings(Map<String, Option> options, List<String> passedOver) {
        this.options = Map.copyOf(options);
        this.passedOver = List.copyOf(passedOver);
    }

    /** An option as somebody gave it. */
    private record Option(String givenName, String value) {

        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return givenName;
        }
    }

    /**
     * Reads all layers but the command's own options.
     *
     * @param bootstrapServers from the command line
     * @param extras the {@code -X} options
     * @throws UsageException if the file cannot be read
     */
    static Settings read(
            @Nullable String bootstrapServers,
            Map<String, String> extras,
            Map<String, String> environment,
            @Nullable Path file) {
        Map<String, Option> options = new HashMap<>();
        List<String> passedOver = List.of();
        if (file != null) {
            Map<String, String> properties = properties(file);
            passedOver = properties.keySet().stream()
                    .filter(name -> DECIDED.containsKey(ClientConfig.canonicalName(name)))
                    .sorted()
                    .toList();
            properties.keySet().removeAll(passedOver);
            overlay(options, properties);
        }
        String fromEnvironment = environment.get(BOOTSTRAP_ENVIRONMENT);
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            overlay(options, Map.of(BOOTSTRAP, fromEnvironment));
        }
        overlay(options, extras);
        if (bootstrapServers != null) {
            overlay(options, Map.of(BOOTSTRAP, bootstrapServers));
        }
        return new Settings(options, passedOver);
    }

    private static void overlay(Map<String, Option> options, Map<String, String> layer) {
        layer.forEach((name, value) -> options.put(ClientConfig.canonicalName(name), new Option(name, value)));
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--config " + file + ": cannot be read: " + e);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    /**
     * The same with the command's own options, which override everything else.
     *
     * @param keyed whether messages have keys: then, unless a partitioner is named, equal keys go to the same partition
     */
    Settings with(Flags flags, boolean keyed) {
        Map<String, Option> all = new HashMap<>(options);
        flags.named().forEach((name, value) -> overlay(all, Map.of(name, value)));
        if (keyed) {
            all.putIfAbsent(ClientConfig.canonicalName(PARTITIONER), new Option(PARTITIONER, "murmur2"));
        }
        return new Settings(all, passedOver);
    }

    /** The same for a Kafka of our own, which has no security: what was said for another one is passed over. */
    Settings inPlaintext() {
        Map<String, Option> all = new HashMap<>(options);
        overlay(all, Map.of(PROTOCOL, "PLAINTEXT"));
        return new Settings(all, passedOver);
    }

    /** What the file has and the command decides, by the names there: a file is written for several programs. */
    List<String> passedOver() {
        return passedOver;
    }

    /** Where the cluster is, or null if nothing says so. */
    @Nullable
    String bootstrapServers() {
        Option option = options.get(ClientConfig.canonicalName(BOOTSTRAP));
        return option == null ? null : option.value();
    }

    /** How to reach the cluster; at these servers, if they are given, whatever else was said. */
    ClusterOptions cluster(@Nullable String servers) {
        Map<String, Option> all = new HashMap<>(options);
        if (servers != null) {
            overlay(all, Map.of(BOOTSTRAP, servers));
        }
        return config(all).clusterOptions();
    }

    /**
     * How to send. A run of the command needs a producer that is started, waits for room, and leaves no reports lying about.
     *
     * @throws UsageException if somebody wants that otherwise
     */
    ProducerOptions.Builder producer() {
        refuseDecided();
        return config(options).producerOptions().toBuilder()
                .autoStart(true)
                .sync(false)
                .deliveryReports(false)
                .blockOnQueueFull(true)
                .blockTimeout(ROOM_TIMEOUT);
    }

    private void refuseDecided() {
        String problems = options.entrySet().stream()
                .filter(each -> DECIDED.containsKey(each.getKey()))
                .map(each -> each.getValue().givenName() + ": is not to be given by -X: the command"
                        + " decides it, and " + DECIDED.get(each.getKey()))
                .sorted()
                .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    private static ClientConfig config(Map<String, Option> options) {
        Map<String, String> byGivenName = new HashMap<>();
        options.values().forEach(option -> byGivenName.put(option.givenName(), option.value()));
        return ClientConfig.from(byGivenName, ProducerOptions.durable());
    }

    /**
     * Options of the command's own; null where they were not given. <em>Immutable.</em>
     *
     * @param acks who must have a message
     * @param compression the codec
     * @param partitioner the partitioner's name
     * @param linger how long a message waits for others
     */
    record Flags(
            @Nullable String acks,
            @Nullable String compression,
            @Nullable String partitioner,
            @Nullable Duration linger) {

        private Map<String, String> named() {
            Map<String, String> named = new HashMap<>();
            put(named, "acks", acks);
            put(named, "compression", compression);
            put(named, PARTITIONER, partitioner);
            put(named, "linger", linger == null ? null : linger.toString());
            return named;
        }

        private static void put(Map<String, String> named, String name, @Nullable String value) {
            if (value != null) {
                named.put(name, value);
            }
        }
    }
}
