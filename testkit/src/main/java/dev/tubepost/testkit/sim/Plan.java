package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.fault.Decisions.Decision;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which run to make. <em>Immutable.</em>
 *
 * @param seed decides about everything
 * @param only what may go wrong of what the seed wants, or null for all of it
 * @param trace who hears what happens, line by line, or null
 */
public record Plan(
        long seed, @Nullable Set<Decision> only, @Nullable Consumer<String> trace) {

    public static Plan of(long seed) {
        return new Plan(seed, null, null);
    }

    /** The same run, without most of what goes wrong. */
    public Plan only(Set<Decision> decisions) {
        return new Plan(seed, decisions, trace);
    }

    public Plan tracedTo(Consumer<String> told) {
        return new Plan(seed, only, told);
    }
}
