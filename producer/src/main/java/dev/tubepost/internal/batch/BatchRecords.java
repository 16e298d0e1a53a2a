package dev.tubepost.internal.batch;

import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch: encoded once, into the segments, in wire format; the first segment begins with room for the batch's header. <em>Guarded and
 * confined as the batch.</em>
 *
 * <p>What each message needs is here: the fields of a superclass lie together at the beginning of the object, and with thousands of partitions each
 * cache line more is a fetch for each message.
 */
abstract class BatchRecords {

    /** What a record batch begins with, in bytes. */
    public static final int HEADER_BYTES = 61;

    private final BatchOutcome outcome;
    private final long baseTimestamp;
    private long maxTimestamp;
    private long chargedBytes;
    private int messageCount;
    private int recordCount;
    private int recordBytes;
    private int segmentCount;
    /** The last segment, while records are appended: one step less to where they go. */
    private @Nullable ByteBuffer room;
    /** Of the records as they are in the segments; null if nobody takes it before they are sent. */
    private @Nullable RunningChecksum checksum;

    private ByteBuffer[] segments = new ByteBuffer[4];
    /** The indices of the messages that have no record any more, sorted. */
    private int[] leftOut;

    BatchRecords(BatchOutcome outcome, long baseTimestamp) {
        this.outcome = outcome;
        this.baseTimestamp = baseTimestamp;
        this.maxTimestamp = baseTimestamp;
        this.leftOut = outcome.cancelled();
    }

    // ---- while it grows ----

    /** Whether a record of at most that many bytes fits what is left of the last segment. */
    public final boolean hasRoom(int bytes) {
        return room != null && room.remaining() >= bytes;
    }

    /** Takes the checksum along with what is appended, from the first record on. */
    public final void takeChecksumAlong() {
        if (segmentCount > 0) {
            throw new IllegalStateException("records that are there already would be left out");
        }
        checksum = new RunningChecksum(HEADER_BYTES);
    }

    /** Adds room; the buffer is this batch's from now on. */
    public final void addSegment(ByteBuffer segment, long charged) {
        if (segmentCount == segments.length) {
            segments = Arrays.copyOf(segments, segmentCount * 2);
        }
        if (segmentCount == 0) {
            segment.position(HEADER_BYTES);
        }
        fillUp();
        segments[segmentCount++] = segment;
        room = segment;
        chargedBytes += charged;
    }

    /** Encodes a record into the room there is, and gives its index. */
    public final int append(byte @Nullable [] key, byte @Nullable [] value, RecordHeader[] headers, long timestamp) {
        ByteBuffer segment = Objects.requireNonNull(room, "no room"); // also once it is closed
        int before = segment.position();
        int index = recordCount++;
        messageCount++;
        RecordFormat.write(segment, index, timestamp - baseTimestamp, key, value, headers);
        recordBytes += segment.position() - before;
        if (checksum != null) {
            checksum.onAppended(segment);
        }
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
        }
        return index;
    }

    /** No record is appended any more. */
    final void endAppending() {
        fillUp();
        room = null;
    }

    private void fillUp() {
        if (checksum != null && room != null) {
            checksum.onFilled(room);
        }
    }

    /** It is a part of another: with so many of its messages, and so much of its charge. */
    final void endPartOf(int messages, long charged) {
        messageCount = messages;
        chargedBytes = charged;
    }

    // ---- without messages that were cancelled ----

    /** Whether messages were cancelled whose records are still in the segments. */
    public final boolean hasCancelled() {
        return messageCount - outcome.cancelledCount() < recordCount;
    }

    /** Whether the message's record is in the segments: also that of one that was cancelled since they were written. */
    final boolean hasRecord(int index) {
        return leftOut.length == 0 || Arrays.binarySearch(leftOut, index) < 0;
    }

    /** Replaces the segments by rewritten ones; gives the old ones back. */
    final ByteBuffer[] replaceSegments(ByteBuffer[] rewritten, int records, int bytes) {
        ByteBuffer[] old = Arrays.copyOf(segments, segmentCount);
        checksum = null;
        segments = rewritten;
        segmentCount = rewritten.length;
        leftOut = outcome.cancelled();
        recordCount = records;
        recordBytes = bytes;
        return old;
    }

    // ---- as bytes ----

    /** The records' segments, flipped for reading, without the header's room. */
    public final ByteBuffer[] records() {
        ByteBuffer[] views = segments();
        views[0].position(HEADER_BYTES);
        return views;
    }

    /** The records' bytes, uncompressed. */
    public final int recordBytes() {
        return recordBytes;
    }

    /** The segments, flipped for reading, as views. */
    final ByteBuffer[] segments() {
        var views = new ByteBuffer[segmentCount];
        for (int i = 0; i < segmentCount; i++) {
            views[i] = segments[i].duplicate().flip();
        }
        return views;
    }

    /** Whether sending the batch as it is needs no more look at its records. */
    public final boolean hasChecksum() {
        return checksum != null;
    }

    /** The checksum of {@link #records}; null if it has to be taken. */
    final @Nullable RunningChecksum checksum() {
        return checksum;
    }

    final int segmentCapacity(int index) {
        return segments[index].capacity();
    }

    /** The capacity of all segments, in bytes. */
    final long segmentBytes() {
        long bytes = 0;
        for (int i = 0; i < segmentCount; i++) {
            bytes += segments[i].capacity();
        }
        return bytes;
    }

    final boolean hasSegments() {
        return segmentCount > 0;
    }

    /** Gives the segments back. */
    final void giveSegments(BufferPool pool) {
        for (int i = 0; i < segmentCount; i++) {
            pool.give(segments[i]);
        }
        segments = new ByteBuffer[0];
        segmentCount = 0;
    }

    // ---- facts ----

    public final BatchOutcome outcome() {
        return outcome;
    }

    /** How many records go out: without those that were cancelled, once the batch is rewritten. */
    public final int recordCount() {
        return recordCount;
    }

    /** How many messages were appended, with those that were cancelled since: what is charged. */
    public final int messageCount() {
        return messageCount;
    }

    /** How many messages have no outcome of their own: without those that were cancelled. */
    public final int outstandingCount() {
        return messageCount - outcome.cancelledCount();
    }

    public final long chargedBytes() {
        return chargedBytes;
    }

    /** Lowers the charge to what is held; returns what is free now. */
    public final long trimCharge(long held) {
        long free = chargedBytes - held;
        chargedBytes = held;
        return free;
    }

    /** Raises the charge, if it is less than that; returns what it was raised by. */
    public final long raiseCharge(long least) {
        long more = Math.max(0, least - chargedBytes);
        chargedBytes += more;
        return more;
    }

    public final long baseTimestamp() {
        return baseTimestamp;
    }

    public final long maxTimestamp() {
        return maxTimestamp;
    }
}
