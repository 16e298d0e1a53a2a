package dev.tubepost.internal.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xerial.snappy.Snappy;

/**
 * snappy in the framing of the xerial library, which is what Kafka means by snappy. <em>Confined to</em> its context's thread.
 *
 * <pre>
 *   82 'S' 'N' 'A' 'P' 'P' 'Y' 00   version=1 (4, BE)   oldest compatible version=1 (4, BE)
 *   then for each block of up to 32 KiB: compressed bytes (4, BE) | snappy block
 * </pre>
 */
final class SnappyContext implements CodecContext {

    /** The library's own block size; consumers keep a buffer of what the stream says, so it must not be much larger. */
    static final int BLOCK_BYTES = 32 << 10;

    private static final int HEADER_BYTES = 16;
    private static final long MAGIC = 0x82534e4150505900L;
    private static final int VERSION = 1;

    private final BlockReader blocks = new BlockReader(BLOCK_BYTES);
    /** Where a block goes whose bound does not fit the target: the library checks bounds before, not results after. */
    private final ByteBuffer overflow = ByteBuffer.allocateDirect(Snappy.maxCompressedLength(BLOCK_BYTES));

    /** The library's bound is a constant for each block, and a sixth of its bytes. */
    static long maxCompressedSize(int bytes) {
        long ofEmptyBlock = Integer.BYTES + (long) Snappy.maxCompressedLength(0);
        return HEADER_BYTES + BlockReader.mostBlocks(bytes, BLOCK_BYTES) * ofEmptyBlock + bytes + bytes / 6;
    }

    @Override
    public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) throws IOException {
        target.order(ByteOrder.BIG_ENDIAN);
        if (target.remaining() < HEADER_BYTES) {
            return false;
        }
        target.putLong(MAGIC).putInt(VERSION).putInt(VERSION);
        blocks.start(sources, count);
        try {
            for (ByteBuffer block = blocks.nextBlock(); block.hasRemaining(); block = blocks.nextBlock()) {
                if (!putBlock(block, target)) {
                    return false;
                }
            }
            return true;
        } finally {
            blocks.finish();
        }
    }

    private boolean putBlock(ByteBuffer block, ByteBuffer target) throws IOException {
        int start = target.position();
        int limit = target.limit();
        int dataStart = start + Integer.BYTES;
        if (limit - dataStart >= Snappy.maxCompressedLength(block.remaining())) {
            target.position(dataStart);
            // Sets the target's limit to the end of what it wrote.
            int written = Snappy.compress(block, target);
            target.limit(limit).position(dataStart + written);
            target.putInt(start, written);
            return true;
        }
        overflow.clear();
        int written = Snappy.compress(block, overflow);
        if (limit - dataStart < written) {
            return false;
        }
        target.putInt(written).put(overflow);
        return true;
    }

    /** Nothing to free: scratch memory goes with the context. */
    @Override
    public void close() {}
}
