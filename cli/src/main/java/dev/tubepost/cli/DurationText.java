package dev.tubepost.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 5s}, {@code 2min}. <em>Stateless.</em> The units are those of the library's
 * options, as is a number without one: milliseconds.
 */
final class DurationText {

    /** What help says about durations. */
    static final String FORMS =
            "A TIME is a whole number with ns, us, ms, s, min, h or d, as 250ms or 5s; without a unit it is"
                    + " milliseconds.";

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** 292 years; what is longer counts as this, as it does in the library. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param option the option's name, for the message
     */
    static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.trim());
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new UsageException(
                    option + " " + text
                            + ": must be a whole number of milliseconds, or one with ns, us, ms, s, min, h or d, as 250ms or 5s");
        }
        Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit);
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
