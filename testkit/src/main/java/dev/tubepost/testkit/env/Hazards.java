package dev.tubepost.testkit.env;

import org.jspecify.annotations.Nullable;

/** What may befall the process in which the producer runs. Asked by whoever holds the baton. */
public interface Hazards {

    /** Nothing does. */
    Hazards NONE = new Hazards() {};

    /** What is thrown in the midst of a worker's turn, or null for nothing (F76). */
    default @Nullable Error inTurn() {
        return null;
    }

    /** What is thrown instead of doing work beside the event loops, or null for nothing (F77). */
    default @Nullable RuntimeException inSideWork() {
        return null;
    }

    /** How much longer such work takes than usual. */
    default long sideWorkNanos() {
        return 0;
    }
}
