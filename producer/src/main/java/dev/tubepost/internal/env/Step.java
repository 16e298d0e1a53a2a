package dev.tubepost.internal.env;

/** The points of the way of a message at which another actor may run in between. */
public enum Step {
    /** A caller has looked up the partition's queue. */
    ROUTED,
    /** A caller holds credit for its message and has not appended it yet. */
    ADMITTED,
    /** A caller has appended its message and has not woken anybody yet. */
    APPENDED,
    /** A worker has closed a batch and has not drained it yet. */
    CLOSED,
    /** A worker has drained batches, which no request carries yet. */
    DRAINED,
    /** A queue belongs to its next owner, who has not been told yet. */
    HANDED_OVER
}
