package dev.tubepost.internal.batch;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>Records are encoded once, into the segments, in wire format; the first segment begins with room for the batch's header. From the
 * first attempt on its bytes never change (I8). The buffers go back to the pool when the batch has its outcome and no request carries it
 * any more: a request carries it until its reply came or its connection is closed, whatever timers say (CVE-2026-35554).
 */
public final class RecordBatch {

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
        /** Has its outcome. */
        DONE
    }

    /** What a record batch begins with, in bytes. */
    public static final int HEADER_BYTES = 61;

    private final BatchOutcome outcome;
    private final long acceptedNanos;
    private final long baseTimestamp;
    private final PhaseClock clock;
    private FlushLedger.Generation generation;

    private State state = State.OPEN;
    private ByteBuffer[] segments = new ByteBuffer[4];
    private int segmentCount;
    /** The last segment, while the batch is open: one step less to where a record goes. */
    private @Nullable ByteBuffer room;

    private int messageCount;
    private int recordCount;
    private int recordBytes;
    private long maxTimestamp;
    private long chargedBytes;
    private @Nullable List<Reportable> reportables;
    private @Nullable ByteBuffer compressed;
    private int attribute;
    private boolean staysRaw;
    private boolean taken;
    /** The indices of the messages that have no record any more, sorted. */
    private int[] leftOut;

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

    public RecordBatch(
            BatchOutcome outcome, FlushLedger.Generation generation, long acceptedNanos, long baseTimestamp) {
        this.outcome = outcome;
        this.generation = generation;
        this.acceptedNanos = acceptedNanos;
        this.baseTimestamp = baseTimestamp;
        this.maxTimestamp = baseTimestamp;
        this.leftOut = outcome.cancelled();
        this.clock = new PhaseClock(TimeSpent.Phase.QUEUE, acceptedNanos);
    }

    /** A part of a batch, with room for records; it holds the whole's generation, too, so that no flush overlooks it (KAFKA-9312). */
    RecordBatch(RecordBatch whole, BatchOutcome outcome, ByteBuffer segment) {
        this.outcome = outcome;
        this.generation = whole.generation;
        this.acceptedNanos = whole.acceptedNanos;
        this.baseTimestamp = whole.baseTimestamp;
        this.maxTimestamp = whole.baseTimestamp;
        this.leftOut = outcome.cancelled();
        this.clock = new PhaseClock(whole.clock);
        this.countedAttempts = whole.countedAttempts;
        generation.hold();
        addSegment(segment, 0);
    }

    // ---- open ----

    /** Whether a record of at most that many bytes fits what is left of the last segment. */
    public boolean hasRoom(int bytes) {
        return room != null && room.remaining() >= bytes;
    }

    /** Adds room; the buffer is this batch's from now on. */
    public void addSegment(ByteBuffer segment, long charged) {
        if (segmentCount == segments.length) {
            segments = Arrays.copyOf(segments, segmentCount * 2);
        }
        if (segmentCount == 0) {
            segment.position(HEADER_BYTES);
        }
        segments[segmentCount++] = segment;
        room = segment;
        chargedBytes += charged;
    }

    /** Encodes a record into the room there is, and gives its index. */
    public int append(byte @Nullable [] key, byte @Nullable [] value, RecordHeader[] headers, long timestamp) {
        assert state == State.OPEN;
        ByteBuffer segment = Objects.requireNonNull(room, "no room");
        int before = segment.position();
        int index = recordCount++;
        messageCount++;
        RecordFormat.write(segment, index, timestamp - baseTimestamp, key, value, headers);
        recordBytes += segment.position() - before;
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
        }
        return index;
    }

    /** Remembers a message whose report is asked for. */
    public void addReportable(Reportable message) {
        if (reportables == null) {
            reportables = new ArrayList<>();
        }
        reportables.add(message);
    }

    /** Moves the batch to an older generation, if that is older: a message of a backlog joined it. Whether it was. */
    public boolean joinGeneration(FlushLedger.Generation older) {
        if (!older.isBefore(generation)) {
            return false;
        }
        older.hold();
        generation.release();
        generation = older;
        return true;
    }

    /** Ends appending. */
    public void close() {
        transition(State.OPEN, State.CLOSED);
        room = null;
    }

    /**
     * Cancels one message, as long as the batch was never drained (N13); its record is left out when it is. Afterwards never, whatever came of
     * the attempt: the batch has its numbers, and may be written (design promise 3). Nor once it was taken out to fail: then all of its
     * messages have their reports on the way.
     */
    public boolean cancel(int index, DeliveryException reason) {
        return mayChange() && outcome.cancel(index, reason);
    }

    private boolean mayChange() {
        return !taken && outcome.attempts() == 0 && stamp == null;
    }

    /** The batch is taken out of its queue, to be sent or to fail. Under the queue's lock. */
    public void take() {
        taken = true;
    }

    // ---- closed: prepared for sending by the owner ----

    /** Whether messages were cancelled whose records are still in the segments. */
    public boolean hasCancelled() {
        return messageCount - outcome.cancelledCount() < recordCount;
    }

    /** Whether the message's record is in the segments: also that of one that was cancelled since they were written. */
    boolean hasRecord(int index) {
        return leftOut.length == 0 || Arrays.binarySearch(leftOut, index) < 0;
    }

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

    /** The records' segments, flipped for reading, without the header's room. */
    public ByteBuffer[] records() {
        var views = new ByteBuffer[segmentCount];
        for (int i = 0; i < segmentCount; i++) {
            views[i] = segments[i].duplicate().flip();
        }
        views[0].position(HEADER_BYTES);
        return views;
    }

    /** The records' bytes, uncompressed. */
    public int recordBytes() {
        return recordBytes;
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

    /** Replaces the segments by rewritten ones; gives the old ones back. */
    ByteBuffer[] replaceSegments(ByteBuffer[] rewritten, int records, int bytes) {
        ByteBuffer[] old = Arrays.copyOf(segments, segmentCount);
        segments = rewritten;
        segmentCount = rewritten.length;
        leftOut = outcome.cancelled();
        recordCount = records;
        recordBytes = bytes;
        return old;
    }

    /** Ends as a part: with so many of the whole's messages, and so much of its charge. */
    void endPart(int messages, long charged) {
        messageCount = messages;
        chargedBytes = charged;
        close();
    }

    /** Ends as a whole whose parts take its place; gives the buffers back. */
    void endWhole(BufferPool pool) {
        transition(State.READY, State.DONE);
        chargedBytes = 0;
        tryFree(pool);
        generation.release();
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
        outcome.attempted();
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

    private ByteBuffer[] views() {
        if (compressed != null) {
            return new ByteBuffer[] {compressed.duplicate().flip()};
        }
        var views = new ByteBuffer[segmentCount];
        for (int i = 0; i < segmentCount; i++) {
            views[i] = segments[i].duplicate().flip();
        }
        return views;
    }

    /** The size of {@link #wire} in bytes. */
    public int wireBytes() {
        return compressed != null ? compressed.position() : HEADER_BYTES + recordBytes;
    }

    /** The attempt ended without an outcome. */
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
        outcome.delivered(baseOffset, appendMillis);
        return outcome.closeWaiters();
    }

    BatchOutcome.@Nullable Waiter send() {
        state = State.DONE;
        outcome.sent();
        return outcome.closeWaiters();
    }

    BatchOutcome.@Nullable Waiter fail(DeliveryException cause) {
        state = State.DONE;
        outcome.failed(cause);
        return outcome.closeWaiters();
    }

    /** Gives the buffers back, if the batch has its outcome and no request carries it; returns the charge that is free now, else 0. */
    public long tryFree(BufferPool pool) {
        if (state != State.DONE || carriers > 0 || segmentCount == 0) {
            return 0;
        }
        for (int i = 0; i < segmentCount; i++) {
            pool.give(segments[i]);
        }
        segments = new ByteBuffer[0];
        segmentCount = 0;
        if (compressed != null) {
            pool.give(compressed);
            compressed = null;
        }
        long charged = chargedBytes;
        chargedBytes = 0;
        return charged;
    }

    /** Whether the buffers went back. */
    public boolean isFreed() {
        return state == State.DONE && segmentCount == 0;
    }

    private void transition(State from, State to) {
        if (state != from) {
            throw new IllegalStateException("a batch that is " + state + " cannot become " + to);
        }
        state = to;
    }

    // ---- facts ----

    public BatchOutcome outcome() {
        return outcome;
    }

    public State state() {
        return state;
    }

    public FlushLedger.Generation generation() {
        return generation;
    }

    public PhaseClock clock() {
        return clock;
    }

    /** When the first message was handed over, by the monotone clock. */
    public long acceptedNanos() {
        return acceptedNanos;
    }

    /** How many records go out: without those that were cancelled, once the batch is rewritten. */
    public int recordCount() {
        return recordCount;
    }

    /** How many messages were appended, with those that were cancelled since: what is charged. */
    public int messageCount() {
        return messageCount;
    }

    /** How many messages have no outcome of their own: without those that were cancelled. */
    public int outstandingCount() {
        return messageCount - outcome.cancelledCount();
    }

    public long chargedBytes() {
        return chargedBytes;
    }

    /** Lowers the charge to what is held; returns what is free now. */
    public long trimCharge(long held) {
        long free = chargedBytes - held;
        chargedBytes = held;
        return free;
    }

    public long baseTimestamp() {
        return baseTimestamp;
    }

    public long maxTimestamp() {
        return maxTimestamp;
    }

    int attribute() {
        return attribute;
    }

    int segmentCapacity(int index) {
        return segments[index].capacity();
    }

    /** The capacity of all buffers of the batch, in bytes. */
    public long heldBytes() {
        long held = compressed == null ? 0 : compressed.capacity();
        for (int i = 0; i < segmentCount; i++) {
            held += segments[i].capacity();
        }
        return held;
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
