package dev.tubepost.bench.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client's process is told: names with defaults, and what the command line says instead. <em>Immutable.</em> {@code bench/README.md} says
 * what each means.
 */
public final class ClientOptions {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("client", "tubepost");
        DEFAULTS.put("bootstrap", "");
        DEFAULTS.put("topic", "load");
        DEFAULTS.put("mode", "handles");
        DEFAULTS.put("messages", "1000000");
        DEFAULTS.put("size", "100");
        DEFAULTS.put("key-bytes", "0");
        DEFAULTS.put("headers", "0");
        DEFAULTS.put("callers", "1");
        DEFAULTS.put("partitions", "6");
        DEFAULTS.put("brokers", "1");
        DEFAULTS.put("partitioner", "random");
        WarmUp.Bounds.addDefaults(DEFAULTS);
        DEFAULTS.put("rounds", "9");
        DEFAULTS.put("acks", "all");
        DEFAULTS.put("idempotent", "true");
        DEFAULTS.put("linger-ms", "5");
        DEFAULTS.put("batch-bytes", "131072");
        DEFAULTS.put("max-request-bytes", "1048576");
        DEFAULTS.put("buffer-bytes", "67108864");
        DEFAULTS.put("compression", "none");
        DEFAULTS.put("level", "");
        DEFAULTS.put("defaults", "false");
        DEFAULTS.put("verify", "false");
        DEFAULTS.put("rate", "2000");
        DEFAULTS.put("seconds", "5");
        DEFAULTS.put("observe", "callback");
        DEFAULTS.put("trust", "");
    }

    private final Arguments given;

    private ClientOptions(Arguments given) {
        this.given = given;
    }

    /**
     * From {@code --name value} pairs; of two with one name, the last counts.
     *
     * @throws IllegalArgumentException if one is unknown or senseless, with what is known
     */
    public static ClientOptions parse(List<String> arguments) {
        var options = new ClientOptions(Arguments.parse(arguments, DEFAULTS));
        options.check();
        return options;
    }

    private void check() {
        given.oneOf("client", "tubepost", "kafka-clients");
        given.oneOf("mode", "handles", "post", "futures");
        given.oneOf("partitioner", "random", "sticky");
        given.oneOf("acks", "0", "1", "all");
        given.oneOf("compression", "none", "gzip", "snappy", "lz4", "zstd");
        given.oneOf("observe", "callback", "handle");
        for (String counted : List.of(
                "messages",
                "size",
                "callers",
                "partitions",
                "brokers",
                "rounds",
                "batch-bytes",
                "max-request-bytes",
                "rate",
                "seconds")) {
            given.number(counted, 1);
        }
        for (String counted : List.of("key-bytes", "headers", "linger-ms")) {
            given.number(counted, 0);
        }
        WarmUp.Bounds.of(given);
        if (messages() % callers() != 0) {
            throw new IllegalArgumentException(messages() + " messages: must be a multiple of the callers");
        }
    }

    private String text(String name) {
        return given.text(name);
    }

    private int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** Whose producer. */
    String client() {
        return text("client");
    }

    /** Where the cluster is; empty: a server is started for this process. */
    String bootstrap() {
        return text("bootstrap");
    }

    String topic() {
        return text("topic");
    }

    /**
     * {@code handles}: each call gives what tells the message's fate (a message, a future); {@code post}: failures only; {@code futures}: a
     * callback on each message's future.
     */
    String mode() {
        return text("mode");
    }

    /** In each round, by all callers together. */
    int messages() {
        return number("messages");
    }

    /** Of each value, in bytes. */
    int size() {
        return number("size");
    }

    /** Of each key; 0: none. */
    int keyBytes() {
        return number("key-bytes");
    }

    /** How many headers each message has. */
    int headers() {
        return number("headers");
    }

    /** Threads that produce. */
    int callers() {
        return number("callers");
    }

    int partitions() {
        return number("partitions");
    }

    /** That lead them. */
    int brokers() {
        return number("brokers");
    }

    /** Whether one message after the other goes to another partition, or else a batch's worth to one, then to another. */
    boolean spreadsEach() {
        return text("partitioner").equals("random");
    }

    /** Rounds that are not counted. */
    WarmUp.Bounds warmUp() {
        return WarmUp.Bounds.of(given);
    }

    /** How many bytes of values each round has. */
    long roundBytes() {
        return (long) messages() * size();
    }

    /** Rounds that are counted. */
    int rounds() {
        return number("rounds");
    }

    /** {@code 0}, {@code 1} or {@code all}. */
    String acks() {
        return text("acks");
    }

    boolean idempotent() {
        return acks().equals("all") && Boolean.parseBoolean(text("idempotent"));
    }

    int lingerMillis() {
        return number("linger-ms");
    }

    int batchBytes() {
        return number("batch-bytes");
    }

    /** The largest request. */
    int maxRequestBytes() {
        return number("max-request-bytes");
    }

    /** The client's bound of memory. */
    long bufferBytes() {
        return Long.parseLong(text("buffer-bytes"));
    }

    String compression() {
        return text("compression");
    }

    boolean hasLevel() {
        return !text("level").isEmpty();
    }

    /** Of the compression. */
    int level() {
        return number("level");
    }

    /** Whether the client is left as it comes, but for the addresses. */
    boolean ownDefaults() {
        return Boolean.parseBoolean(text("defaults"));
    }

    /** Whether the server checks each batch. */
    boolean verify() {
        return Boolean.parseBoolean(text("verify"));
    }

    /** Whether it speaks TLS. */
    boolean hasTls() {
        return !text("trust").isEmpty();
    }

    /** A file with the certificate that the server shows, in PEM. */
    Path trust() {
        return Path.of(text("trust"));
    }

    /** Messages a second, where the rate is fixed. */
    int rate() {
        return number("rate");
    }

    /** How long at that rate. */
    int seconds() {
        return number("seconds");
    }

    /** Whether latency ends when the message's callback runs, or else when a thread that waits for its handle goes on. */
    boolean observesCallbacks() {
        return text("observe").equals("callback");
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
