package dev.tubepost.internal.batch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of a batch's records, taken by those who append them, a few KiB at a time, while these are in their processor's cache. <em>Guarded as the
 * batch.</em>
 *
 * <p>It is for queues whose owner is behind: what waits there has left every cache by the time it is sent, and whoever appends has the time. Where the owner
 * keeps up, he takes the checksum himself: the appending thread is the one that everything waits for.
 */
final class RunningChecksum {

    /** How much is taken at a time: few enough bytes to be in the nearest cache and to hold nobody up at the queue, enough to be worth the call. */
    static final int STEP_BYTES = 4 << 10;

    private final CRC32C crc = new CRC32C();
    /** Where in the segment that is being filled the bytes begin that are not taken yet. */
    private int from;

    /** @param from where the first segment's records begin */
    RunningChecksum(int from) {
        this.from = from;
    }

    /** Records were added to a segment, which ends at its position. */
    void onAppended(ByteBuffer segment) {
        if (segment.position() - from >= STEP_BYTES) {
            take(segment);
        }
    }

    /** No record is added to this segment any more; the next one begins with records. */
    void onFilled(ByteBuffer segment) {
        take(segment);
        from = 0;
    }

    /** Without an object for a view: it would have to be there when a record is in already, and its message not yet told of. */
    private void take(ByteBuffer segment) {
        int to = segment.position();
        int limit = segment.limit();
        segment.limit(to).position(from);
        crc.update(segment); // moves the position to where it was
        segment.limit(limit);
        from = to;
    }

    /** The checksum of what was taken. */
    int value() {
        return (int) crc.getValue();
    }
}
