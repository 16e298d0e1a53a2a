package dev.tubepost.fuzz;

/** A secret that must be in no text. <em>Static, without state.</em> */
public final class Canary {

    /** Base64, too, so that it may stand within a key. */
    public static final String SECRET = "qZ7secretXw9";

    /** Stands in an input where the secret is to be. */
    private static final String PLACE = "@";

    private Canary() {}

    /** Without it, as a fuzzer finds it out. */
    public static String without(String text) {
        return text.replace(SECRET, " "); // not nothing: what is left might be it
    }

    /** The secret is only where a place is for it. */
    public static String inserted(String text) {
        return without(text).replace(PLACE, SECRET);
    }

    /** Fails if a message, or that of a cause, tells it. */
    public static void absent(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            absent(String.valueOf(each.getMessage()));
        }
    }

    public static void absent(String text) {
        if (text.contains(SECRET)) {
            throw new IllegalStateException("a secret is told: " + text);
        }
    }
}
