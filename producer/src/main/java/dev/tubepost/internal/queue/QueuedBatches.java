package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Stamp;
import dev.tubepost.internal.env.Lockable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that wait, in their order: closed ones, and one behind them that is open. <em>Guarded by its lock,</em> which whoever calls
 * a method holds.
 */
@SuppressWarnings("serial") // nobody serializes a lock
abstract class QueuedBatches extends Lockable {

    /** So many closed batches wait only if those who append are ahead of whoever sends: they have the time for the checksum. */
    private static final int OWNER_IS_BEHIND = 2;

    private final QueueLimits limits;
    private final BatchLimit batchLimit;
    private final ArrayDeque<RecordBatch> closed = new ArrayDeque<>();
    private @Nullable RecordBatch open;
    /** Whether the open batch is for one message, that is larger than a batch may grow: nothing can join it, so it does not linger. */
    private boolean openIsFull;
    /** What the last batch held, to begin the next one with a fitting buffer. */
    private int lastBatchBytes;

    QueuedBatches(QueueLimits limits, BatchLimit batchLimit) {
        this.limits = limits;
        this.batchLimit = batchLimit;
    }

    final QueueLimits limits() {
        return limits;
    }

    /** How large the topic's batches may grow. */
    public final BatchLimit batchLimit() {
        return batchLimit;
    }

    // ---- the open batch ----

    /** The batch that takes messages, or null. */
    final @Nullable RecordBatch open() {
        return open;
    }

    /**
     * A batch takes messages from now on.
     *
     * @param firstBytes the size of its first record, at most
     */
    final void open(RecordBatch batch, int firstBytes) {
        open = batch;
        openIsFull = firstBytes > batchLimit.bytes();
    }

    /** Whether whoever appends has the time to take the checksum along: the owner has not, and more than that waits for it. */
    final boolean isOwnerBehind() {
        return closed.size() >= OWNER_IS_BEHIND && !limits.compresses();
    }

    /** Whether a batch would grow too large by another message. */
    final boolean isTooLargeFor(RecordBatch batch, int maxBytes) {
        return batch.recordBytes() + maxBytes > batchLimit.bytes();
    }

    /** Whether the open batch takes no other message, whatever its size. */
    final boolean isOpenFull() {
        return openIsFull;
    }

    /** The open batch takes no more, if there is one. */
    final void closeOpen() {
        RecordBatch batch = open;
        if (batch != null) {
            closed.add(batch); // first: it may need memory, and then the batch stays open
            batch.close();
            lastBatchBytes = batch.recordBytes();
            open = null;
            openIsFull = false;
        }
    }

    /** The size of the buffer for a record: larger ones for a queue that fills its batches, small ones to begin with. */
    final int fittingBytes(int maxBytes) {
        RecordBatch batch = open;
        boolean fits = batch != null && !isTooLargeFor(batch, maxBytes);
        int wanted = batch != null && fits ? batch.recordBytes() : lastBatchBytes / 4;
        int need = fits ? maxBytes : maxBytes + RecordBatch.HEADER_BYTES;
        int cap = Math.min(BufferPool.MAX_BYTES, batchLimit.bytes() + RecordBatch.HEADER_BYTES);
        return Math.max(need, Math.min(cap, wanted));
    }

    private boolean isOpenDue(long nowNanos, boolean hurry) {
        RecordBatch batch = open;
        return batch != null
                && batch.messageCount() > 0
                && (hurry
                        || nowNanos - batch.acceptedNanos() >= limits.lingerNanos()
                        || batch.generation().isSealed());
    }

    /** Closes the open batch if it is due, so that it can be prepared while those before it are in flight; whether it was. */
    public final boolean closeIfDue(long nowNanos, boolean hurry) {
        boolean due = isOpenDue(nowNanos, hurry);
        if (due) {
            closeOpen();
        }
        return due;
    }

    /** Whether messages wait in a batch that may grow. */
    public final boolean hasOpen() {
        RecordBatch batch = open;
        return batch != null && batch.messageCount() > 0;
    }

    /** When the open batch is due by linger, or {@link Long#MIN_VALUE} if there is none. */
    public final long openDueNanos() {
        RecordBatch batch = open;
        return batch == null || batch.messageCount() == 0
                ? Long.MIN_VALUE
                : batch.acceptedNanos() + limits.lingerNanos();
    }

    // ---- all of them ----

    /** The oldest batch that is to be sent; closes the open one if it is due. */
    public final @Nullable RecordBatch head(long nowNanos, boolean hurry) {
        assert isHeld();
        if (closed.isEmpty() && isOpenDue(nowNanos, hurry)) {
            closeOpen();
        }
        return closed.peek();
    }

    /** Whether {@link #head} would give a batch. */
    public final boolean isSendable(long nowNanos, boolean hurry) {
        return !closed.isEmpty() || isOpenDue(nowNanos, hurry);
    }

    /** Whether there are closed batches. */
    public final boolean hasClosed() {
        return !closed.isEmpty();
    }

    /** All closed batches, oldest first. */
    public final Iterable<RecordBatch> closedBatches() {
        return closed;
    }

    /** The oldest batch there is, or null. */
    public final @Nullable RecordBatch oldest() {
        return closed.isEmpty() ? open : closed.peek();
    }

    /** The batch that has that outcome, or null if it is not here. */
    public final @Nullable RecordBatch find(BatchOutcome outcome) {
        RecordBatch last = open;
        if (last != null && last.outcome() == outcome) {
            return last;
        }
        for (RecordBatch batch : closed) {
            if (batch.outcome() == outcome) {
                return batch;
            }
        }
        return null;
    }

    /** Takes a closed batch out, as a rule the oldest. */
    public final void take(RecordBatch batch) {
        if (!closed.remove(batch)) {
            throw new IllegalStateException("the batch is not in its queue");
        }
        batch.take();
    }

    /** Puts a batch back where it was taken from: before all that were sent after it, or never. */
    final void insert(RecordBatch batch) {
        var before = new ArrayDeque<RecordBatch>(0);
        while (!closed.isEmpty() && wasSentBefore(closed.peek(), batch)) {
            before.push(closed.remove());
        }
        closed.addFirst(batch);
        before.forEach(closed::addFirst);
    }

    private static boolean wasSentBefore(RecordBatch one, RecordBatch other) {
        Stamp first = one.stamp();
        Stamp second = other.stamp();
        return first != null && second != null && first.order() < second.order();
    }

    /** Puts batches, in their order, in the place of one. */
    public final void replace(RecordBatch batch, List<RecordBatch> parts) {
        var after = new ArrayDeque<RecordBatch>(closed);
        closed.clear();
        while (after.peek() != batch) {
            closed.add(after.remove());
        }
        after.remove();
        closed.addAll(parts);
        closed.addAll(after);
    }

    /** Takes out the batches that were begun before a point in time; nothing of them may be in flight. */
    public final List<RecordBatch> takeExpired(long acceptedBeforeNanos) {
        var expired = new ArrayList<RecordBatch>();
        RecordBatch batch = open;
        if (batch != null && batch.messageCount() > 0 && batch.acceptedNanos() - acceptedBeforeNanos < 0) {
            closeOpen();
        }
        for (Iterator<RecordBatch> all = closed.iterator(); all.hasNext(); ) {
            RecordBatch next = all.next();
            if (next.acceptedNanos() - acceptedBeforeNanos < 0 && next.state() != RecordBatch.State.COMPRESSING) {
                expired.add(next);
                all.remove();
                next.take();
            }
        }
        return expired;
    }

    /** How many messages there are. */
    final int heldMessages() {
        int messages = open == null ? 0 : open.messageCount();
        for (RecordBatch batch : closed) {
            messages += batch.messageCount();
        }
        return messages;
    }

    /** What their buffers are charged for, in bytes. */
    final long heldBytes() {
        long bytes = open == null ? 0 : open.chargedBytes();
        for (RecordBatch batch : closed) {
            bytes += batch.chargedBytes();
        }
        return bytes;
    }
}
