package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.FlushLedger;
import org.jspecify.annotations.Nullable;

/**
 * What was before a message came to its queue. <em>Immutable.</em>
 *
 * @param acceptedNanos when the message was handed over, by the monotone clock; 0 for now
 * @param waitedNanos how long the caller waited for room before; 0 if it did not
 * @param generation what a flush waits for, if the message was accepted before, into a backlog: now that waits for its batch
 */
public record Arrival(long acceptedNanos, long waitedNanos, FlushLedger.@Nullable Generation generation) {

    /** Nothing: the message was handed over just now. */
    public static final Arrival NOW = new Arrival(0, 0, null);

    /** The same, after a wait for room. */
    public Arrival afterWaiting(long nanos) {
        return new Arrival(acceptedNanos, waitedNanos + nanos, generation);
    }

    /** Whether the message was accepted before, and is let in also while the session stops. */
    boolean isAccepted() {
        return generation != null;
    }
}
