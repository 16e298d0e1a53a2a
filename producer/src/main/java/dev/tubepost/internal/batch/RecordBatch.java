package dev.tubepost.internal.batch;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import dev.tubepost.protocol.RecordBatchHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one partition on their way together. <em>Guarded by the partition queue's lock while in the queue, then confined to the
 * worker that drained it.</em>
 *
 * <pre>
 *   OPEN ----> CLOSED ----> COMPRESSING ----> READY ----> IN_FLIGHT ----> DONE
 *               ^ \-------------------------->/| ^            |
 *               |                              | \-- retry ---/
 *               \-- cancelled, never drained --/
 * </pre>
 *
 * <p>From the first attempt on its bytes never change (I8). The buffers go back to the pool when the batch has its outcome and no request carries it
 * any more: a request carries it until its reply came or its connection is closed, whatever timers say (CVE-2026-35554).
 */
public final class RecordBatch extends BatchRecords {

    /** The life of a batch. */
    public enum State {
        /** Takes messages. */
        OPEN,
        /** Takes no more. */
        CLOSED,
        /** Is being compressed on the side. */
        COMPRESSING,
        /** Can be sent. */
        READY,
        /** A request carries it. */
        IN_FLIGHT,
        /** Has its outcome(). */
        DONE
    }

    private final long acceptedNanos;
    private final PhaseClock clock;
    /** Null while nobody waits for it. */
    private FlushLedger.@Nullable Generation generation;

    private State state = State.OPEN;
    private @Nullable List<Reportable> reportables;
    private @Nullable ByteBuffer compressed;
    private int attribute;
    private boolean staysRaw;
    private boolean taken;

    private @Nullable Stamp stamp;
    private boolean sealed;
    private boolean tooLarge;
    private @Nullable Object refusedBy;
    private boolean unknownAttempt;
    private int countedAttempts;
    private int failedAttempts;
    private int corruptAnswers;
    private int versionRefusals;
    private int carriers;

    public RecordBatch(BatchOutcome outcome, long acceptedNanos, long baseTimestamp) {
        super(outcome, baseTimestamp);
        this.acceptedNanos = acceptedNanos;
        this.clock = new PhaseClock(TimeSpent.Phase.QUEUE, acceptedNanos);
    }

    /** A part of a batch, with room for records; it holds the whole's generation, too, so that no flush overlooks it (KAFKA-9312). */
    RecordBatch(RecordBatch whole, BatchOutcome outcome, ByteBuffer segment) {
        super(outcome, whole.baseTimestamp());
        this.generation = whole.generation;
        this.acceptedNanos = whole.acceptedNanos;
        this.clock = new PhaseClock(whole.clock);
        this.countedAttempts = whole.countedAttempts;
        generation().hold();
        addSegment(segment, 0);
    }

    /** From now on flushes of that generation and later ones wait for it, until its outcome is reported: nothing may be thrown in between. */
    public RecordBatch in(FlushLedger.Generation entered) {
        generation = entered;
        return this;
    }

    // ---- open ----

    /** Remembers a message whose report is asked for. */
    public void addReportable(Reportable message) {
        if (reportables == null) {
            reportables = new ArrayList<>();
        }
        reportables.add(message);
    }

    /** Moves the batch to an older generation, if that is older: a message of a backlog joined it. Whether it was. */
    public boolean joinGeneration(FlushLedger.Generation older) {
        if (!older.isBefore(generation())) {
            return false;
        }
        older.hold();
        generation().release();
        generation = older;
        return true;
    }

    /** Ends appending. */
    public void close() {
        transition(State.OPEN, State.CLOSED);
        endAppending();
    }

    /**
     * Cancels one message, as long as the batch was never drained (N13); its record is left out when it is. Afterwards never, whatever came of
     * the attempt: the batch has its numbers, and may be written (design promise 3). Nor once it was taken out to fail: then all of its
     * messages have their reports on the way.
     */
    public boolean cancel(int index, DeliveryException reason) {
        return mayChange() && outcome().cancel(index, reason);
    }

    private boolean mayChange() {
        return !taken && outcome().attempts() == 0 && stamp == null;
    }

    /** The batch is taken out of its queue, to be sent or to fail. Under the queue's lock. */
    public void take() {
        taken = true;
    }

    // ---- closed: prepared for sending by the owner ----

    /** Back to where messages can be left out. The charge stays as it is: what is prepared next takes no more. */
    public void reopen(BufferPool pool) {
        if (!mayChange()) {
            throw new IllegalStateException("a batch that was drained stays as it is");
        }
        transition(State.READY, State.CLOSED);
        ByteBuffer form = compressed;
        staysRaw = form == null; // with fewer records it is not smaller either, and another form is not charged for
        if (form != null) {
            compressed = null;
            attribute = 0;
            pool.give(form);
        }
    }

    /** Whether it is not to be compressed any more. */
    public boolean staysRaw() {
        return staysRaw;
    }

    public void beginCompression() {
        transition(State.CLOSED, State.COMPRESSING);
    }

    /** Takes the compressed form, from its start with room for the header; null keeps the records raw (K7). */
    public void endCompression(@Nullable ByteBuffer form, int codecAttribute) {
        transition(State.COMPRESSING, State.READY);
        compressed = form;
        attribute = form == null ? 0 : codecAttribute;
    }

    /** Nothing is to be compressed. */
    public void keepRaw() {
        transition(State.CLOSED, State.READY);
    }

    /** Ends as a part: with so many of the whole's messages, and so much of its charge. */
    void endPart(int messages, long charged) {
        endPartOf(messages, charged);
        close();
    }

    /** Ends as a whole whose parts take its place; gives the buffers back. */
    void endWhole(BufferPool pool) {
        transition(State.READY, State.DONE);
        trimCharge(0);
        tryFree(pool);
        generation().release();
    }

    // ---- ready, in flight ----

    /** Gives the batch its identity and sequence, before its first attempt. */
    public void stamp(Stamp given) {
        if (sealed || state != State.READY) {
            throw new IllegalStateException("a batch that is " + state + " cannot be stamped");
        }
        stamp = given;
    }

    /** Takes identity and sequence back: no attempt can have written the batch, and none is under way (design promise 3). */
    public void unstamp() {
        if (unknownAttempt || carriers > 0 || state != State.READY) {
            throw new IllegalStateException("a batch that may be written keeps its stamp");
        }
        stamp = null;
        sealed = false;
        refusedBy = null;
    }

    /** Identity and sequence, or null: not sent yet, or by a producer that is not idempotent. */
    public @Nullable Stamp stamp() {
        return stamp;
    }

    /** Remembers that whoever is on the other end of this connection found the batch out of sequence. */
    public void refusedBy(Object connection) {
        refusedBy = connection;
    }

    /** Whether it is out of sequence for whoever is on the other end of this connection. */
    public boolean isRefusedBy(@Nullable Object connection) {
        return refusedBy != null && refusedBy == connection;
    }

    /** The broker found the batch too large: it is to be split before it is sent again. */
    public void markTooLarge() {
        tooLarge = true;
    }

    /** Whether it is to be split. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** A request takes the batch. */
    public void drain(long nowNanos) {
        transition(State.READY, State.IN_FLIGHT);
        carriers++;
        outcome().attempted();
        clock.enter(TimeSpent.Phase.IN_FLIGHT, nowNanos);
    }

    /** The batch's bytes as they go out, views of their own for each attempt; written and sealed at the first. */
    public ByteBuffer[] wire() {
        ByteBuffer[] views = views();
        if (!sealed) {
            BatchSeal.write(this, views);
            sealed = true;
        }
        return views;
    }

    /** The checksum of the records as they go out, if it was taken along. */
    @Nullable
    RunningChecksum rawChecksum() {
        return compressed != null ? null : checksum();
    }

    private ByteBuffer[] views() {
        if (compressed != null) {
            return new ByteBuffer[] {compressed.duplicate().flip()};
        }
        return segments();
    }

    /** The size of {@link #wire} in bytes. */
    public int wireBytes() {
        return compressed != null ? compressed.position() : HEADER_BYTES + recordBytes();
    }

    /** The attempt ended without an outcome(). */
    public void backToReady(boolean unknown, boolean counts) {
        transition(State.IN_FLIGHT, State.READY);
        unknownAttempt |= unknown;
        failedAttempts++;
        if (counts) {
            countedAttempts++;
        }
    }

    /** Whether the bytes that went out are still as they were (F13). */
    public boolean isSound() {
        return RecordBatchHeader.isSound(views());
    }

    /** The broker found it corrupt, though it is sound here. */
    public void foundCorrupt() {
        corruptAnswers++;
    }

    public int corruptAnswers() {
        return corruptAnswers;
    }

    /** The broker does not know the version in which it was sent. */
    public void foundOfUnknownVersion() {
        versionRefusals++;
    }

    public int versionRefusals() {
        return versionRefusals;
    }

    /** A request that carried the batch is over: its reply came, or its connection is closed. */
    public void uncarry() {
        carriers--;
        assert carriers >= 0;
    }

    // ---- done ----

    /** Ends with an outcome; gives the waiters that are to be called among the reports. */
    BatchOutcome.@Nullable Waiter deliver(long baseOffset, long appendMillis) {
        state = State.DONE;
        outcome().delivered(baseOffset, appendMillis);
        return outcome().closeWaiters();
    }

    BatchOutcome.@Nullable Waiter send() {
        state = State.DONE;
        outcome().sent();
        return outcome().closeWaiters();
    }

    BatchOutcome.@Nullable Waiter fail(DeliveryException cause) {
        state = State.DONE;
        outcome().failed(cause);
        return outcome().closeWaiters();
    }

    /** Gives the buffers back, if the batch has its outcome and no request carries it; returns the charge that is free now, else 0. */
    public long tryFree(BufferPool pool) {
        if (state != State.DONE || carriers > 0 || !hasSegments()) {
            return 0;
        }
        giveSegments(pool);
        if (compressed != null) {
            pool.give(compressed);
            compressed = null;
        }
        return trimCharge(0);
    }

    /** Whether the buffers went back. */
    public boolean isFreed() {
        return state == State.DONE && !hasSegments();
    }

    private void transition(State from, State to) {
        if (state != from) {
            throw new IllegalStateException("a batch that is " + state + " cannot become " + to);
        }
        state = to;
    }

    // ---- facts ----

    public State state() {
        return state;
    }

    public FlushLedger.Generation generation() {
        return Objects.requireNonNull(generation, "nobody waits for it");
    }

    public PhaseClock clock() {
        return clock;
    }

    /** When the first message was handed over, by the monotone clock. */
    public long acceptedNanos() {
        return acceptedNanos;
    }

    int attribute() {
        return attribute;
    }

    /** The capacity of all buffers of the batch, in bytes. */
    public long heldBytes() {
        return segmentBytes() + (compressed == null ? 0 : compressed.capacity());
    }

    /** Whether a broker may have written it, or write it yet: an attempt is under way, or ended without anybody knowing. */
    public boolean mayBeWritten() {
        return unknownAttempt || state == State.IN_FLIGHT;
    }

    /** Whether an attempt ended without anybody knowing whether it was written. */
    public boolean hasUnknownAttempt() {
        return unknownAttempt;
    }

    /** The attempts that count against {@code maxRetries}. */
    public int countedAttempts() {
        return countedAttempts;
    }

    /** The attempts that failed, counted or not: what the backoff grows with. */
    public int failedAttempts() {
        return failedAttempts;
    }

    public @Nullable List<Reportable> reportables() {
        return reportables;
    }
}
