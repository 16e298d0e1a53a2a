package dev.tubepost.bench.limit;

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
 * @param warmUps rounds that are not counted
 * @param rounds that are
 * @param acks 0, 1 or -1
 * @param idempotent whether batches are numbered; only with acks -1
 * @param batchBytes how large a batch is at most
 * @param partitions how many partitions the topic must have; 0: however many it has
 */
record LimitOptions(
        String bootstrap,
        String topic,
        int messages,
        int size,
        int warmUps,
        int rounds,
        int acks,
        boolean idempotent,
        int batchBytes,
        int partitions) {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("bootstrap", "");
        DEFAULTS.put("topic", "load");
        DEFAULTS.put("messages", "1000000");
        DEFAULTS.put("size", "100");
        DEFAULTS.put("callers", "1");
        DEFAULTS.put("warm-ups", "15");
        DEFAULTS.put("rounds", "9");
        DEFAULTS.put("acks", "all");
        DEFAULTS.put("idempotent", "true");
        DEFAULTS.put("linger-ms", "5");
        DEFAULTS.put("batch-bytes", "131072");
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
        Map<String, String> given = new LinkedHashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i).replaceFirst("^--", "");
            if (!DEFAULTS.containsKey(name) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + ": options are --name value, with " + DEFAULTS);
            }
            given.put(name, arguments.get(i + 1));
        }
        return of(given);
    }

    private static LimitOptions of(Map<String, String> given) {
        if (text(given, "bootstrap").indexOf(':') < 0) {
            throw new IllegalArgumentException(
                    "--bootstrap must be HOST:PORT; options are --name value, with " + DEFAULTS);
        }
        oneOf(given, "compression", "none"); // batches are encoded beforehand: there would be nothing to measure
        oneOf(given, "partitioner", "random", "sticky");
        oneOf(given, "defaults", "true", "false");
        number(given, "callers", 1);
        number(given, "linger-ms", 0);
        number(given, "buffer-bytes", 1);
        String acks = oneOf(given, "acks", "0", "1", "all");
        boolean idempotent = oneOf(given, "idempotent", "true", "false").equals("true");
        return new LimitOptions(
                text(given, "bootstrap"),
                text(given, "topic"),
                number(given, "messages", 1),
                number(given, "size", 1),
                number(given, "warm-ups", 0),
                number(given, "rounds", 1),
                acks.equals("all") ? -1 : Integer.parseInt(acks),
                idempotent && acks.equals("all"),
                number(given, "batch-bytes", 1),
                number(given, "partitions", 0));
    }

    private static String text(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    private static String oneOf(Map<String, String> given, String name, String... allowed) {
        String value = text(given, name);
        if (!List.of(allowed).contains(value)) {
            throw new IllegalArgumentException("--" + name + " " + value + ": must be one of " + List.of(allowed));
        }
        return value;
    }

    private static int number(Map<String, String> given, String name, int least) {
        String text = text(given, name);
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " " + text + ": must be a number", e);
        }
        if (value < least) {
            throw new IllegalArgumentException("--" + name + " " + value + ": must be " + least + " or more");
        }
        return value;
    }
}
