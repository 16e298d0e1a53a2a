package dev.tubepost.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the load loop is told. <em>Immutable.</em>
 *
 * @param client {@code tubepost} or {@code kafka}
 * @param mode {@code handles}: each call gives what tells the message's fate (a message, a future); {@code post}: failures only
 * @param messages in each round, by all callers together
 * @param size of each value, in bytes; keys are null
 * @param callers threads that produce
 * @param partitions of the topic
 * @param brokers that lead them
 * @param partitioner {@code random}: each message goes to any partition; {@code sticky}: a batch's worth goes to one, then to another
 * @param warmUps rounds that are not counted
 * @param rounds that are
 * @param acks 0, 1 or -1
 * @param lingerMillis how long a batch waits for more
 * @param batchBytes how large it grows
 * @param bufferBytes the client's bound of memory
 * @param compression {@code none}, {@code gzip}, {@code snappy}, {@code lz4} or {@code zstd}
 * @param verify whether the server checks each batch
 */
record LoadOptions(
        String client,
        String mode,
        int messages,
        int size,
        int callers,
        int partitions,
        int brokers,
        String partitioner,
        int warmUps,
        int rounds,
        int acks,
        int lingerMillis,
        int batchBytes,
        long bufferBytes,
        String compression,
        boolean verify) {

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("client", "tubepost");
        DEFAULTS.put("mode", "handles");
        DEFAULTS.put("messages", "1000000");
        DEFAULTS.put("size", "100");
        DEFAULTS.put("callers", "1");
        DEFAULTS.put("partitions", "6");
        DEFAULTS.put("brokers", "1");
        DEFAULTS.put("partitioner", "random");
        DEFAULTS.put("warm-ups", "15");
        DEFAULTS.put("rounds", "9");
        DEFAULTS.put("acks", "1");
        DEFAULTS.put("linger-ms", "5");
        DEFAULTS.put("batch-bytes", "131072");
        DEFAULTS.put("buffer-bytes", "33554432");
        DEFAULTS.put("compression", "none");
        DEFAULTS.put("verify", "false");
    }

    /**
     * From {@code --name value} pairs.
     *
     * @throws IllegalArgumentException if one is unknown or senseless, with what is known
     */
    static LoadOptions parse(List<String> arguments) {
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

    private static LoadOptions of(Map<String, String> given) {
        var options = new LoadOptions(
                oneOf(given, "client", "tubepost", "kafka"),
                oneOf(given, "mode", "handles", "post"),
                number(given, "messages", 1),
                number(given, "size", 1),
                number(given, "callers", 1),
                number(given, "partitions", 1),
                number(given, "brokers", 1),
                oneOf(given, "partitioner", "random", "sticky"),
                number(given, "warm-ups", 0),
                number(given, "rounds", 1),
                acks(given),
                number(given, "linger-ms", 0),
                number(given, "batch-bytes", 1),
                number(given, "buffer-bytes", 1),
                oneOf(given, "compression", "none", "gzip", "snappy", "lz4", "zstd"),
                Boolean.parseBoolean(text(given, "verify")));
        if (options.messages % options.callers != 0) {
            throw new IllegalArgumentException(options.messages + " messages: must be a multiple of the callers");
        }
        return options;
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

    private static int acks(Map<String, String> given) {
        String acks = oneOf(given, "acks", "0", "1", "all");
        return acks.equals("all") ? -1 : Integer.parseInt(acks);
    }

    private static int number(Map<String, String> given, String name, int least) {
        int value = Integer.parseInt(text(given, name));
        if (value < least) {
            throw new IllegalArgumentException("--" + name + " " + value + ": must be " + least + " or more");
        }
        return value;
    }

    /** All messages that a process sends. */
    long messagesInAllRounds() {
        return (long) messages * (warmUps + rounds);
    }
}
