package dev.tubepost.cli;

import dev.tubepost.ClientConfig;
import java.time.Duration;

/**
 * Durations as people write them: {@code 250ms}, {@code 5s}, {@code 2min}. <em>Stateless.</em> The units are those of the library's
 * options, as is a number without one: milliseconds.
 */
final class DurationText {

    /** What help says about durations. */
    static final String FORMS =
            "A TIME is a whole number with ns, us, ms, s, min, h or d, as 250ms or 5s; without a unit it is"
                    + " milliseconds.";

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param option the option's name, for the message
     */
    static Duration parse(String option, String text) {
        try {
            return ClientConfig.duration(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + text + ": " + e.getMessage());
        }
    }
}
