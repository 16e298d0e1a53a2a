package dev.tubepost.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 2min}. <em>Stateless.</em> */
final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "min", ChronoUnit.MINUTES);

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param option the option's name, for the message
     * @param bare the unit of a number without one
     */
    static Duration parse(String option, String text, ChronoUnit bare) {
        Matcher matcher = FORM.matcher(text.trim());
        ChronoUnit unit = !matcher.matches() ? null : matcher.group(2).isEmpty() ? bare : UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new UsageException(option + " " + text + ": must be a number with ms, s or min, as 250ms or 5s");
        }
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
    }
}
