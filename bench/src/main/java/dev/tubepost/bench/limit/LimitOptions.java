package dev.tubepost.bench.limit;

import dev.tubepost.bench.load.Arguments;
import dev.tubepost.bench.load.WarmUp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the limit is told. <em>Immutable.</em> It understands what every client is told; what has no meaning for a client that does no work
 * (callers, linger, memory, partitioner) is checked and left alone.
 *
 * @param bootstrap where the cluster is, as {@code HOST:PORT}, or several of these with commas
 * @param topic what is produced to
 * @param messages in each round; as many more as fill the last batch
 * @param size of each value, in bytes; keys are null
 * @param warmUp the rounds that are not counted
 * @param rounds that are
 * @param acks 0, 1 or -1
 * @param idempotent whether batches are numbered; only with acks -1
 * @param batchBytes how large a batch is at most
 * @param maxRequestBytes how large a request is at most
 * @param partitions how many partitions the topic must have; 0: however many it has
 */
record LimitOptions(
        String bootstrap,
        String topic,
        int messages,
        int size,
        WarmUp.Bounds warmUp,
        int rounds,
        int acks,
        boolean idempotent,
        int batchBytes,
        int maxRequestBytes,
        int partitions) {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("bootstrap", "");
        DEFAULTS.put("topic", "load");
        DEFAULTS.put("messages", "1000000");
        DEFAULTS.put("size", "100");
        DEFAULTS.put("callers", "1");
        WarmUp.Bounds.addDefaults(DEFAULTS);
        DEFAULTS.put("rounds", "9");
        DEFAULTS.put("acks", "all");
        DEFAULTS.put("idempotent", "true");
        DEFAULTS.put("linger-ms", "5");
        DEFAULTS.put("batch-bytes", "131072");
        DEFAULTS.put("max-request-bytes", "1048576");
        DEFAULTS.put("buffer-bytes", "67108864");
        DEFAULTS.put("compression", "none");
        DEFAULTS.put("partitioner", "random");
        DEFAULTS.put("partitions", "0");
        DEFAULTS.put("defaults", "false");
    }

    /**
     * From {@code --name value} pairs; of two with one name, the last counts.
     *
     * @throws IllegalArgumentException if one is unknown or senseless, with what is known
     */
    static LimitOptions parse(List<String> arguments) {
        return of(Arguments.parse(arguments, DEFAULTS));
    }

    private static LimitOptions of(Arguments given) {
        if (given.text("bootstrap").indexOf(':') < 0) {
            throw new IllegalArgumentException(
                    "--bootstrap must be HOST:PORT; options are --name value, with " + DEFAULTS);
        }
        given.oneOf("compression", "none"); // batches are encoded beforehand: there would be nothing to measure
        given.oneOf("partitioner", "random", "sticky");
        given.oneOf("defaults", "true", "false");
        given.number("callers", 1);
        given.number("linger-ms", 0);
        given.number("buffer-bytes", 1);
        String acks = given.oneOf("acks", "0", "1", "all");
        boolean idempotent = given.oneOf("idempotent", "true", "false").equals("true");
        return new LimitOptions(
                given.text("bootstrap"),
                given.text("topic"),
                given.number("messages", 1),
                given.number("size", 1),
                WarmUp.Bounds.of(given),
                given.number("rounds", 1),
                acks.equals("all") ? -1 : Integer.parseInt(acks),
                idempotent && acks.equals("all"),
                given.number("batch-bytes", 1),
                given.number("max-request-bytes", 1),
                given.number("partitions", 0));
    }
}
