package dev.tubepost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects what is wrong with a set of options, to say it all at once (F96). <em>Confined to one thread.</em> */
final class OptionChecks {

    private final List<String> problems = new ArrayList<>();
    private final UnaryOperator<String> naming;

    /** @param naming how to call an option, given its Java name: as the user called it */
    OptionChecks(UnaryOperator<String> naming) {
        this.naming = naming;
    }

    /** Adds a problem: {@code linger = -3 ms: must be 0 or more}. */
    void refuse(String option, Object value, String allowed) {
        Object shown = value instanceof Duration duration ? Durations.exact(duration) : value;
        problems.add(naming.apply(option) + " = " + shown + ": " + allowed);
    }

    void atLeast(String option, long value, long least) {
        if (value < least) {
            refuse(option, value, "must be " + least + " or more");
        }
    }

    void between(String option, long value, long least, long most) {
        if (value < least || value > most) {
            refuse(option, value, "must be " + least + " to " + most);
        }
    }

    void positive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            refuse(option, value, "must be more than 0");
        }
    }

    void notNegative(String option, Duration value) {
        if (value.isNegative()) {
            refuse(option, value, "must be 0 or more");
        }
    }

    /** How the user called an option. */
    String name(String option) {
        return naming.apply(option);
    }

    List<String> problems() {
        return problems;
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
    }
}
