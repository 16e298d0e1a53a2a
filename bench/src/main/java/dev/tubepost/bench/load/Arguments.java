package dev.tubepost.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --name value} pairs of a command line, beside the defaults. <em>Immutable.</em> What is wrong throws, and says what would be right. */
public final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Of two with one name, the last counts.
     *
     * @param defaults all names that there are
     * @throws IllegalArgumentException if a name is unknown or has no value, with the names and defaults
     */
    public static Arguments parse(List<String> arguments, Map<String, String> defaults) {
        Map<String, String> given = new LinkedHashMap<>(defaults);
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i).replaceFirst("^--", "");
            if (!defaults.containsKey(name) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + ": options are --name value, with " + defaults);
            }
            given.put(name, arguments.get(i + 1));
        }
        return new Arguments(given);
    }

    /** Whether there is such a name. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    /** The text, which must be one of these. */
    public String oneOf(String name, String... allowed) {
        String value = text(name);
        if (!List.of(allowed).contains(value)) {
            throw new IllegalArgumentException("--" + name + " " + value + ": must be one of " + List.of(allowed));
        }
        return value;
    }

    /** The text as a number, which must be at least so much. */
    public int number(String name, int least) {
        long value = longNumber(name, least);
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "--" + name + " " + value + ": must be " + Integer.MAX_VALUE + " or less");
        }
        return (int) value;
    }

    /** The same, where numbers may be larger. */
    public long longNumber(String name, long least) {
        String text = text(name);
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " " + text + ": must be a number", e);
        }
        if (value < least) {
            throw new IllegalArgumentException("--" + name + " " + value + ": must be " + least + " or more");
        }
        return value;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
