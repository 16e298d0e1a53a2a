package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.delivery.Sequences;
import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the owner of a partition queue knows of it. <em>Confined to the owner.</em> Reset when the queue moves, but for the sequences. */
public final class Lane {

    /** The partition's sequence numbers; null if the producer is not idempotent. */
    public final @Nullable Sequences sequences;

    private final ArrayDeque<RecordBatch> inFlight = new ArrayDeque<>(1);

    /** How many batches of the queue are being compressed on the side. */
    public int preparing;

    /** Whether the open batch is to be sent, whatever linger says. */
    public boolean isHurried;

    /** Whether the queue stands in the owner's ring of queues to drain. */
    public boolean inReady;

    /** The queue before this one in that ring, or null. */
    public @Nullable PartitionQueue readyBefore;

    /** The queue behind this one in that ring, or null. */
    public @Nullable PartitionQueue readyAfter;

    /** Whether the queue stands in the owner's line of lingering queues. */
    public boolean inLinger;

    /** Whether the queue is in the owner's set of queues that hold something; its place there. */
    public int activeIndex = -1;

    /** No attempt before this time, if {@link #isBackingOff}. */
    public boolean isBackingOff;

    /** Where the queue is to go once nothing of it is in flight. */
    public @Nullable Outbox movingTo;

    Lane(@Nullable Sequences sequences) {
        this.sequences = sequences;
    }

    /** A request takes a batch. */
    public void depart(RecordBatch batch) {
        inFlight.add(batch);
    }

    /** The request that carried the batch is over. */
    public void land(RecordBatch batch) {
        inFlight.remove(batch);
    }

    /** What is in flight, in the order in which it was sent. */
    public Collection<RecordBatch> inFlight() {
        return inFlight;
    }

    /** The batch that has been in flight for longest, or null. */
    public @Nullable RecordBatch oldestInFlight() {
        return inFlight.peek();
    }

    /** Whether nothing of the queue is in anybody's hands. */
    public boolean isQuiet() {
        return inFlight.isEmpty() && preparing == 0;
    }

    /** The queue does not go after all. Its leader was another one meanwhile, of whom the sequences know nothing (design promise 2). */
    public void stay() {
        if (movingTo != null) {
            movingTo = null;
            disturb();
        }
    }

    private void disturb() {
        if (sequences != null) {
            sequences.disturb();
        }
    }

    /** Forgets everything but the sequences, and that somebody wants it sent: the last that an owner does before the queue moves. */
    public void reset() {
        assert isQuiet() && activeIndex < 0 && !inReady;
        inLinger = false;
        isBackingOff = false;
        movingTo = null;
        disturb(); // it may come back to the connection that it leaves, and others have led it by then
    }
}
