package dev.tubepost;

import java.time.Duration;
import java.util.Locale;

/** How durations are read and written here. <em>Stateless.</em> */
final class Durations {

    /** Shorter ones are not worth a word in a message. */
    static final Duration LEAST_SHOWN = Duration.ofNanos(1_000);

    /** The longest that fits a {@code long} of nanoseconds: 292 years. */
    static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /** The same, or the longest that fits nanoseconds, so that no later conversion overflows. */
    static Duration capped(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** For people: three digits at most. */
    static String rounded(Duration duration) {
        double millis = duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
        if (millis < 1) {
            return Math.round(millis * 1000) + " us";
        }
        if (millis < 999.5) {
            return Math.round(millis) + " ms";
        }
        if (millis < 119_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return Math.round(millis / 60_000) + " min";
    }

    /** An option's value, exactly, in the largest unit that divides it. */
    static String exact(Duration duration) {
        if (duration.equals(LONGEST)) {
            return "292 years";
        }
        if (duration.getNano() % 1_000_000 != 0) {
            return duration.toString();
        }
        if (duration.getNano() != 0) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.getSeconds();
        if (seconds != 0 && seconds % 60 == 0) {
            return seconds / 60 + " min";
        }
        return seconds + " s";
    }
}
