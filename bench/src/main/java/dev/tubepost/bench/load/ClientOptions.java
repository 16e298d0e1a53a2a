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

    /** What a process does. Each understands the options of every client, and those that it goes by; others are refused. */
    public enum Task {
        /** {@link LoadLoop}. */
        LOAD,
        /** {@link LatencyLoop}. */
        LATENCY,
        /** {@link FirstAcknowledgement}. */
        START,
        /** {@link OpenPartitions}. */
        OPEN;

        private Map<String, String> defaults() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("client", "tubepost");
            options.put("bootstrap", "");
            options.put("topic", "load");
            options.put("size", "100");
            addOwn(options);
            options.put("partitioner", "random");
            options.put("acks", "all");
            options.put("idempotent", "true");
            options.put("linger-ms", "5");
            options.put("batch-bytes", "131072");
            options.put("max-request-bytes", "1048576");
            options.put("buffer-bytes", "67108864");
            options.put("compression", "none");
            options.put("level", "");
            options.put("defaults", "false");
            options.put("trust", "");
            return options;
        }

        private void addOwn(Map<String, String> options) {
            if (this == START) {
                return;
            }
            options.put("partitions", "6");
            if (this == OPEN) {
                return;
            }
            options.put("brokers", "1");
            options.put("verify", "false");
            WarmUp.Bounds.addDefaults(options);
            if (this == LOAD) {
                options.put("mode", "handles");
                options.put("messages", "1000000");
                options.put("key-bytes", "0");
                options.put("headers", "0");
                options.put("callers", "1");
                options.put("rounds", "9");
            } else {
                options.put("rate", "2000");
                options.put("seconds", "5");
                options.put("observe", "callback");
            }
        }
    }

    private final Arguments given;

    private ClientOptions(Arguments given) {
        this.given = given;
    }

    /**
     * From {@code --name value} pairs; of two with one name, the last counts.
     *
     * @throws IllegalArgumentException if one is senseless, or none that the task goes by, with those that are
     */
    public static ClientOptions parse(Task task, List<String> arguments) {
        var options = new ClientOptions(Arguments.parse(arguments, task.defaults()));
        options.check(task);
        return options;
    }

    private void check(Task task) {
        given.oneOf("client", "tubepost", "kafka-clients");
        given.oneOf("partitioner", "random", "sticky");
        given.oneOf("acks", "0", "1", "all");
        given.oneOf("compression", "none", "gzip", "snappy", "lz4", "zstd");
        checkCounts(1, "size", "batch-bytes", "max-request-bytes");
        checkCounts(0, "linger-ms");
        switch (task) {
            case LOAD -> checkLoad();
            case LATENCY -> {
                given.oneOf("observe", "callback", "handle");
                checkCounts(1, "partitions", "brokers", "rate", "seconds");
                WarmUp.Bounds.of(given);
            }
            case OPEN -> checkCounts(1, "partitions");
            case START -> {}
        }
    }

    private void checkLoad() {
        given.oneOf("mode", "handles", "post", "futures");
        checkCounts(1, "messages", "callers", "partitions", "brokers", "rounds");
        checkCounts(0, "key-bytes", "headers");
        WarmUp.Bounds.of(given);
        if (messages() % callers() != 0) {
            throw new IllegalArgumentException(messages() + " messages: must be a multiple of the callers");
        }
    }

    private void checkCounts(int least, String... names) {
        for (String counted : names) {
            given.number(counted, least);
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
        return given.has("mode") ? text("mode") : "handles";
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
        return given.has("key-bytes") ? number("key-bytes") : 0;
    }

    /** How many headers each message has. */
    int headers() {
        return given.has("headers") ? number("headers") : 0;
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

    /** How many bytes of values so many messages have. */
    long bytesOf(int messages) {
        return (long) messages * size();
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
