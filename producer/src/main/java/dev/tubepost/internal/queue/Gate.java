package dev.tubepost.internal.queue;

/** Who may come in: the state of a session, as its queues and backlogs know it. */
public enum Gate {
    /** Everybody. */
    OPEN,
    /** The session stops: only messages that were accepted before, on their way from a backlog to a queue. */
    DRAINING,
    /** Nobody: what is there was delivered or failed. */
    SHUT
}
