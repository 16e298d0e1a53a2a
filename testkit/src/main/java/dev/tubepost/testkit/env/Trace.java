package dev.tubepost.testkit.env;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a run: of everything that ran, in order, and when. <em>Confined to the run's thread.</em> Two runs of one seed that differ in
 * anything differ here.
 */
public final class Trace {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final @Nullable Consumer<String> told;
    private long hash = FNV_OFFSET;

    public Trace() {
        this(null);
    }

    /** @param told who hears what happens, line by line; null for nobody */
    public Trace(@Nullable Consumer<String> told) {
        this.told = told;
    }

    /** A line for whoever reads the trace; made only if somebody does, and without effect on the run. */
    public void say(long nanos, Supplier<String> line) {
        if (told != null) {
            told.accept(String.format("%,15d  %s", nanos, line.get()));
        }
    }

    /** Something happened. Only values that are the same in every run may go in: no identity hash codes, no real time. */
    public void add(String what, long detail) {
        mix(what.hashCode());
        mix(detail);
    }

    private void mix(long value) {
        hash = (hash ^ value) * FNV_PRIME;
        hash ^= hash >>> 29;
    }

    public long hash() {
        return hash;
    }
}
