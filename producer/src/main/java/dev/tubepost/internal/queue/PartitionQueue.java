package dev.tubepost.internal.queue;

import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Stamp;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Lockable;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one partition of one session: one open batch, and closed ones before it. <em>Guarded by its lock</em>, but for what the
 * owner keeps in {@link #lane}; no second lock is taken under it, no channel is touched, no user code runs.
 *
 * <p>It always has one owner: the worker of the broker that leads the partition, or the holder of leaderless queues. A caller appends and
 * learns under the lock whether the owner has to be told; the owner is told only when a sleeping queue gets its first message and when a
 * batch becomes sendable.
 */
@SuppressWarnings("serial") // nobody serializes a lock
public final class PartitionQueue extends Lockable {

    /** What came of an attempt to append. */
    public enum Append {
        /** Done; the owner knows of the queue already. */
        DONE,
        /** Done; tell the owner ({@link Outbox#touched}). */
        DONE_TELL,
        /** Nothing appended: give a credit first ({@link #giveCredit}). */
        NO_CREDIT,
        /** Nothing appended: bring a buffer ({@link BroughtBuffer}). */
        NO_BUFFER,
        /** Nothing appended: the session has stopped. */
        RETIRED
    }

    private static final RecordHeader[] NO_HEADERS = {};

    private final String topic;
    private final int partition;
    private final QueueLimits limits;
    private final BatchLimit batchLimit;
    private final FlushLedger ledger;
    private final Env env;

    /** For the owner alone: what it knows of this queue. */
    public final Lane lane;

    /** Where the queue is to be: written by whoever follows the leaders, read by its owners. */
    private volatile Outbox destination;

    // ---- guarded by lock (the owner is also read without) ----
    private volatile Outbox owner;
    private volatile Admission admission;
    private final ArrayDeque<RecordBatch> closed = new ArrayDeque<>();
    private @Nullable RecordBatch open;
    /** Whether the open batch is for one message, that is larger than a batch may grow: nothing can join it, so it does not linger. */
    private boolean openIsFull;

    private int credits;
    private Gate gate = Gate.OPEN;
    /** Whether the owner knows that there is something: set by callers, cleared by the owner when it found the queue empty. */
    private boolean toldOpen;
    /** Whether the owner knows that there is something sendable. */
    private boolean toldFull;
    /** Whether a caller has closed a batch of which the owner does not know. */
    private boolean newlyFull;
    /** What the last batch held, to begin the next one with a fitting buffer. */
    private int lastBatchBytes;

    /**
     * @param batchLimit of the topic
     * @param sequences the partition's sequence numbers, or null if the producer is not idempotent
     */
    public PartitionQueue(
            String topic,
            int partition,
            QueueLimits limits,
            BatchLimit batchLimit,
            FlushLedger ledger,
            Env env,
            Outbox owner,
            @Nullable Sequences sequences) {
        this.batchLimit = batchLimit;
        this.lane = new Lane(sequences);
        this.topic = topic;
        this.partition = partition;
        this.limits = limits;
        this.ledger = ledger;
        this.env = env;
        this.owner = owner;
        this.destination = owner;
        this.admission = owner.admission();
    }

    // ---- callers ----

    /**
     * Appends a message, if there is a credit and room for it.
     *
     * @param maxBytes the record's size, at most
     * @param ticket told under the lock where the message went; null if nobody asks
     * @param arrival what was before
     * @param brought a buffer, in case it is needed; null if there is none
     */
    public Append tryAppend(
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers,
            long timestamp,
            int maxBytes,
            @Nullable Ticket ticket,
            Arrival arrival,
            @Nullable BroughtBuffer brought) {
        lock();
        try {
            if (gate == Gate.SHUT || (gate == Gate.DRAINING && !arrival.isAccepted())) {
                return Append.RETIRED;
            }
            if (credits == 0) {
                return Append.NO_CREDIT;
            }
            RecordBatch batch = roomFor(maxBytes, arrival, timestamp, brought);
            if (batch == null) {
                return Append.NO_BUFFER;
            }
            credits--;
            int index = batch.append(key, value, headers, timestamp);
            if (arrival.generation() != null && batch.joinGeneration(arrival.generation())) {
                toldOpen = false; // the owner knows of a batch that may linger, and perhaps a flush waits for it now
            }
            if (ticket != null) {
                ticket.onAppended(batch, index);
            }
            if (openIsFull) {
                closeFull();
            }
            return told();
        } finally {
            unlock();
        }
    }

    private Append told() {
        if (toldOpen && !newlyFull) {
            return Append.DONE;
        }
        toldOpen = true;
        toldFull |= newlyFull;
        newlyFull = false;
        return Append.DONE_TELL;
    }

    /** The open batch with room, or null if a buffer is missing; closes the open batch if the message does not fit it. */
    private @Nullable RecordBatch roomFor(
            int maxBytes, Arrival arrival, long timestamp, @Nullable BroughtBuffer brought) {
        RecordBatch batch = open;
        if (batch != null && batch.recordBytes() + maxBytes > batchLimit.bytes() && batch.messageCount() > 0) {
            closeFull();
            batch = null;
        }
        if (batch != null && batch.hasRoom(maxBytes)) {
            return batch;
        }
        int need = batch == null ? maxBytes + RecordBatch.HEADER_BYTES : maxBytes;
        ByteBuffer buffer = brought == null ? null : brought.use(need, admission);
        if (buffer == null) {
            return null;
        }
        if (batch == null) {
            batch = begin(arrival, timestamp);
            openIsFull = maxBytes > batchLimit.bytes();
        }
        batch.addSegment(buffer, charge(buffer.capacity()));
        return batch;
    }

    private RecordBatch begin(Arrival arrival, long timestamp) {
        long accepted = arrival.acceptedNanos();
        var outcome = new BatchOutcome(topic, partition);
        var batch = new RecordBatch(outcome, ledger.enter(), accepted == 0 ? env.nanos() : accepted, timestamp);
        outcome.setCanceller((index, reason, told) -> cancel(batch, index, reason, told));
        batch.clock().add(TimeSpent.Phase.MEMORY, arrival.waitedNanos());
        open = batch;
        return batch;
    }

    private void closeFull() {
        closeOpen();
        newlyFull |= !toldFull || limits.compresses(); // each batch can be compressed while others are
    }

    private void closeOpen() {
        RecordBatch batch = open;
        if (batch != null) {
            batch.close();
            lastBatchBytes = batch.recordBytes();
            closed.add(batch);
            open = null;
            openIsFull = false;
        }
    }

    /** The bytes to charge for a buffer of that capacity. */
    public long charge(int capacity) {
        return (long) capacity * limits.chargeFactor();
    }

    /** The size of the buffer to bring for a record: larger ones for a queue that fills its batches, small ones to begin with. */
    public int bufferBytes(int maxBytes) {
        lock();
        try {
            RecordBatch batch = open;
            boolean fits = batch != null && batch.recordBytes() + maxBytes <= batchLimit.bytes();
            int wanted = batch != null && fits ? batch.recordBytes() : lastBatchBytes / 4;
            int need = fits ? maxBytes : maxBytes + RecordBatch.HEADER_BYTES;
            int cap = Math.min(BufferPool.MAX_BYTES, batchLimit.bytes() + RecordBatch.HEADER_BYTES);
            return Math.max(need, Math.min(cap, wanted));
        } finally {
            unlock();
        }
    }

    /** Gives credits of an admission; false if the queue has moved to another, and the giver is to return them. */
    public boolean giveCredit(Admission from, int messages) {
        lock();
        try {
            if (from != admission || gate == Gate.SHUT) {
                return false;
            }
            credits += messages;
            return true;
        } finally {
            unlock();
        }
    }

    /** Takes a message back; false if its batch was drained already. */
    private boolean cancel(RecordBatch batch, int index, DeliveryException reason, Runnable told) {
        FailedMessage cancelled;
        lock();
        try {
            if (!batch.cancel(index, reason)) {
                return false;
            }
            cancelled = Completion.failure(batch, index, reason);
        } finally {
            unlock();
        }
        owner.cancelled(cancelled, told);
        return true;
    }

    // ---- the owner ----

    /** Under the lock: the oldest batch that is to be sent; closes the open one if it is due. */
    public @Nullable RecordBatch head(long nowNanos, boolean hurry) {
        assert isHeld();
        if (closed.isEmpty() && isOpenDue(nowNanos, hurry)) {
            closeOpen();
        }
        return closed.peek();
    }

    private boolean isOpenDue(long nowNanos, boolean hurry) {
        RecordBatch batch = open;
        return batch != null
                && batch.messageCount() > 0
                && (hurry
                        || nowNanos - batch.acceptedNanos() >= limits.lingerNanos()
                        || batch.generation().isSealed());
    }

    /** Under the lock: whether {@link #head} would give a batch. */
    public boolean isSendable(long nowNanos, boolean hurry) {
        return !closed.isEmpty() || isOpenDue(nowNanos, hurry);
    }

    /** Under the lock: closes the open batch if it is due, so that it can be prepared while those before it are in flight; whether it was. */
    public boolean closeIfDue(long nowNanos, boolean hurry) {
        boolean due = isOpenDue(nowNanos, hurry);
        if (due) {
            closeOpen();
        }
        return due;
    }

    /** Under the lock: whether messages wait in a batch that may grow. */
    public boolean hasOpen() {
        RecordBatch batch = open;
        return batch != null && batch.messageCount() > 0;
    }

    /** Under the lock: whether there are closed batches. */
    public boolean hasClosed() {
        return !closed.isEmpty();
    }

    /** Under the lock: all closed batches, oldest first. */
    public Iterable<RecordBatch> closedBatches() {
        return closed;
    }

    /** Under the lock: takes a closed batch out, as a rule the oldest. */
    public void take(RecordBatch batch) {
        if (!closed.remove(batch)) {
            throw new IllegalStateException("the batch is not in its queue");
        }
        batch.take();
    }

    /** Under the lock: puts a batch back where it was taken from: before all that were sent after it, or never. */
    public void putBack(RecordBatch batch) {
        var before = new ArrayDeque<RecordBatch>(0);
        while (!closed.isEmpty() && wasSentBefore(closed.peek(), batch)) {
            before.push(closed.remove());
        }
        closed.addFirst(batch);
        before.forEach(closed::addFirst);
        toldOpen = true;
        toldFull = true;
    }

    private static boolean wasSentBefore(RecordBatch one, RecordBatch other) {
        Stamp first = one.stamp();
        Stamp second = other.stamp();
        return first != null && second != null && first.order() < second.order();
    }

    /** Under the lock: puts batches, in their order, in the place of one. */
    public void replace(RecordBatch batch, List<RecordBatch> parts) {
        var after = new ArrayDeque<RecordBatch>(closed);
        closed.clear();
        while (after.peek() != batch) {
            closed.add(after.remove());
        }
        after.remove();
        closed.addAll(parts);
        closed.addAll(after);
    }

    /** Under the lock: when the open batch is due by linger, or {@link Long#MIN_VALUE} if there is none. */
    public long openDueNanos() {
        RecordBatch batch = open;
        return batch == null || batch.messageCount() == 0
                ? Long.MIN_VALUE
                : batch.acceptedNanos() + limits.lingerNanos();
    }

    /** Under the lock: the oldest batch there is, or null. */
    public @Nullable RecordBatch oldest() {
        return closed.isEmpty() ? open : closed.peek();
    }

    /** Under the lock: says what the owner knows now, so that callers tell it what is new. */
    public void setTold(boolean anything, boolean sendable) {
        toldOpen = anything;
        toldFull = sendable;
        newlyFull = false;
    }

    /** Under the lock: takes out the batches that were begun before a point in time; nothing of them may be in flight. */
    public List<RecordBatch> takeExpired(long acceptedBeforeNanos) {
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

    /** Hands the queue over with what it holds. The caller has nothing of it in flight, and tells the next owner. */
    public void moveTo(Outbox next) {
        Admission from;
        lock();
        try {
            from = admission;
            Admission to = next.admission();
            to.takeOver(from, heldMessages(), heldBytes());
            admission = to;
            owner = next;
            toldOpen = true;
            toldFull = true;
        } finally {
            unlock();
        }
        if (from != next.admission()) {
            from.dismiss(this);
        }
    }

    private int heldMessages() {
        int messages = credits + (open == null ? 0 : open.messageCount());
        for (RecordBatch batch : closed) {
            messages += batch.messageCount();
        }
        return messages;
    }

    private long heldBytes() {
        long bytes = open == null ? 0 : open.chargedBytes();
        for (RecordBatch batch : closed) {
            bytes += batch.chargedBytes();
        }
        return bytes;
    }

    // ---- the session ----

    /** Takes unused credits back into their admission's count. */
    public int takeCredits(Admission of) {
        lock();
        try {
            if (admission != of) {
                return 0;
            }
            int unused = credits;
            credits = 0;
            return unused;
        } finally {
            unlock();
        }
    }

    /** Says who may append; once it returns, nobody else does. */
    public void setGate(Gate to) {
        lock();
        try {
            gate = to;
        } finally {
            unlock();
        }
    }

    /** What the queue is charged to; another one as soon as it moves. */
    public Admission admission() {
        return admission;
    }

    public Outbox owner() {
        return owner;
    }

    /** Who is to own the queue, by what was last known of its leader. */
    public Outbox destination() {
        return destination;
    }

    void setDestination(Outbox next) {
        destination = next;
    }

    /** How large the topic's batches may grow. */
    public BatchLimit batchLimit() {
        return batchLimit;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public static RecordHeader[] noHeaders() {
        return NO_HEADERS;
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
