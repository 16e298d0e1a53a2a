package dev.tubepost.internal.queue;

import org.jspecify.annotations.Nullable;

/** What the owner of a partition queue knows of it. <em>Confined to the owner.</em> Reset when the queue moves. */
public final class Lane {

    /** How many batches of the queue are in flight. */
    public int inFlight;

    /** When the oldest message in flight was handed over, if there is one. */
    public long inFlightAcceptedNanos;

    /** How many batches of the queue are being compressed on the side. */
    public int preparing;

    /** Whether the open batch is to be sent, whatever linger says. */
    public boolean isHurried;

    /** Whether the queue stands in the owner's ring of queues to drain. */
    public boolean inReady;

    /** Whether the queue stands in the owner's line of lingering queues. */
    public boolean inLinger;

    /** Whether the queue is in the owner's set of queues that hold something; its place there. */
    public int activeIndex = -1;

    /** No attempt before this time, if {@link #isBackingOff}. */
    public boolean isBackingOff;

    /** Where the queue is to go once nothing of it is in flight. */
    public @Nullable Outbox movingTo;

    /** Whether nothing of the queue is in anybody's hands. */
    public boolean isQuiet() {
        return inFlight == 0 && preparing == 0;
    }

    /** Forgets everything but that nothing is in flight. */
    public void reset() {
        assert isQuiet();
        isHurried = false;
        inReady = false;
        inLinger = false;
        activeIndex = -1;
        isBackingOff = false;
        movingTo = null;
    }
}
