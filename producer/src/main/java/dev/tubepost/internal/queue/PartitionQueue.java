package dev.tubepost.internal.queue;

import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.internal.env.Env;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one partition of one session, who may add to it, and who has to know. <em>Guarded by its lock</em>, but for what the
 * owner keeps in {@link #lane}; no second lock is taken under it, no channel is touched, no user code runs.
 *
 * <p>It always has one owner: the worker of the broker that leads the partition, or the holder of leaderless queues. A caller appends and
 * learns under the lock whether the owner has to be told; the owner is told only when a sleeping queue gets its first message and when a
 * batch becomes sendable.
 */
@SuppressWarnings("serial") // nobody serializes a lock
public final class PartitionQueue extends QueuedBatches implements Gated {

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
    private final FlushLedger ledger;
    private final Env env;

    /** For the owner alone: what it knows of this queue. */
    public final Lane lane;

    /** Where the queue is to be: written by whoever follows the leaders, read by its owners. */
    private volatile Outbox destination;

    // ---- guarded by lock (the owner is also read without) ----
    private volatile Outbox owner;
    private volatile Admission admission;
    private int credits;
    private Gate gate = Gate.OPEN;
    /** Whether the owner knows that there is something: set by callers, cleared by the owner when it found the queue empty. */
    private boolean toldOpen;
    /** Whether the owner knows that there is something sendable. */
    private boolean toldFull;
    /** Whether a caller has closed a batch of which the owner does not know. */
    private boolean newlyFull;

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
        super(limits, batchLimit);
        this.lane = new Lane(sequences);
        this.topic = topic;
        this.partition = partition;
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
            if (isOpenFull()) {
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
        RecordBatch batch = open();
        if (batch != null && isTooLargeFor(batch, maxBytes) && batch.messageCount() > 0) {
            closeFull();
            batch = null;
        }
        if (batch != null && batch.hasRoom(maxBytes)) {
            return batch;
        }
        if (brought == null) {
            return null;
        }
        int need = batch == null ? maxBytes + RecordBatch.HEADER_BYTES : maxBytes;
        ByteBuffer buffer = brought.fitting(need, admission);
        if (buffer == null) {
            return null;
        }
        RecordBatch roomy = batch == null ? begin(arrival, timestamp) : batch;
        roomy.addSegment(buffer, charge(buffer.capacity()));
        brought.handedOver();
        if (batch == null) {
            open(roomy.in(ledger.enter()), maxBytes);
        }
        return roomy;
    }

    /** All that needs memory, before the buffer is the batch's and a flush may wait for it: what is thrown here costs nobody anything (F76). */
    private RecordBatch begin(Arrival arrival, long timestamp) {
        long accepted = arrival.acceptedNanos();
        var outcome = new BatchOutcome(topic, partition);
        var batch = new RecordBatch(outcome, accepted == 0 ? env.nanos() : accepted, timestamp);
        outcome.setCanceller((index, reason, told) -> cancel(batch, index, reason, told));
        batch.clock().add(TimeSpent.Phase.MEMORY, arrival.waitedNanos());
        if (isOwnerBehind()) {
            batch.takeChecksumAlong();
        }
        return batch;
    }

    private void closeFull() {
        closeOpen();
        newlyFull |= !toldFull || limits().compresses(); // each batch can be compressed while others are
    }

    /** The bytes to charge for a buffer of that capacity. */
    public long charge(int capacity) {
        return (long) capacity * limits().chargeFactor();
    }

    /** The size of the buffer to bring for a record: larger ones for a queue that fills its batches, small ones to begin with. */
    public int bufferBytes(int maxBytes) {
        lock();
        try {
            return fittingBytes(maxBytes);
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

    /** The owner could not be told after all: whoever appends next does. */
    public void nobodyTold() {
        lock();
        try {
            setTold(false, false);
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

    /** Under the lock: puts a batch back where it was taken from: before all that were sent after it, or never. */
    public void putBack(RecordBatch batch) {
        insert(batch);
        toldOpen = true;
        toldFull = true;
    }

    /** Under the lock: says what the owner knows now, so that callers tell it what is new. */
    public void setTold(boolean anything, boolean sendable) {
        toldOpen = anything;
        toldFull = sendable;
        newlyFull = false;
    }

    /** Hands the queue over with what it holds. The caller has nothing of it in flight, and tells the next owner. */
    public void moveTo(Outbox next) {
        Admission from;
        lock();
        try {
            from = admission;
            Admission to = next.admission();
            to.takeOver(from, credits + heldMessages(), heldBytes());
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

    @Override
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
