package dev.tubepost.internal.env;

/** A task that an actor runs later. <em>Confined to its actor.</em> */
public interface Timer {

    /** Stops the task from running; without effect once it ran. */
    void cancel();
}
