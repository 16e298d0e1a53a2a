package dev.tubepost.internal.batch;

import java.nio.ByteBuffer;

/**
 * Cuts a sequence of segments into blocks of at most one size, and copies only those blocks that straddle segments. <em>Confined to</em> its
 * context's thread.
 *
 * <p>Segments can be as small as 1 KiB; to compress each by itself would cost a third of the ratio. But what is left of one is a block by itself if it is
 * half of one at the least: the segments of a large batch are a little smaller than a block, and each would be copied to fill it up.
 */
final class BlockReader {

    private static final ByteBuffer[] NONE = {};
    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final int blockBytes;
    private final ByteBuffer straddling;

    private ByteBuffer[] sources = NONE;
    private int count;
    private int next;
    /** A view of the segment that is being read: from its position to {@code end} is unread, less the block that was given out last. */
    private ByteBuffer current = EMPTY;

    private int end;

    BlockReader(int blockBytes) {
        this.blockBytes = blockBytes;
        this.straddling = ByteBuffer.allocateDirect(blockBytes);
    }

    /** The most blocks of that size that so many bytes become. */
    static int mostBlocks(int bytes, int blockBytes) {
        return bytes / (blockBytes / 2) + 1;
    }

    void start(ByteBuffer[] segments, int segmentCount) {
        sources = segments;
        count = segmentCount;
        next = 0;
        current = EMPTY;
        end = 0;
    }

    /** Forgets the segments. */
    void finish() {
        start(NONE, 0);
    }

    /** The next block, from position to limit, valid until the next call; without remaining bytes at the end. Only the last is less than half of one. */
    ByteBuffer nextBlock() {
        // Skip what was given out last, which the reader may or may not have moved past.
        current.position(current.limit());
        if (!advance()) {
            return current;
        }
        boolean isLastSegment = next == count;
        if (end - current.position() >= blockBytes / 2 || isLastSegment) {
            current.limit(Math.min(end, current.position() + blockBytes));
            return current;
        }
        return gather();
    }

    /** Moves to the next unread byte; false if there is none. */
    private boolean advance() {
        while (current.position() == end) {
            if (next == count) {
                return false;
            }
            current = sources[next++].duplicate();
            end = current.limit();
        }
        return true;
    }

    private ByteBuffer gather() {
        straddling.clear();
        do {
            int bytes = Math.min(straddling.remaining(), end - current.position());
            current.limit(current.position() + bytes);
            straddling.put(current);
        } while (straddling.hasRemaining() && advance());
        return straddling.flip();
    }
}
