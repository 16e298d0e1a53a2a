package dev.tubepost.internal.batch;

import dev.tubepost.Compression;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * lz4's frame format with independent blocks of up to 64 KiB, as KIP-57 asks for. <em>Confined to</em> its context's thread.
 *
 * <pre>
 *   04 22 4d 18   FLG=60 (version 1, independent blocks)   BD=40 (64 KiB)   HC=82 (second byte of xxhash32 of FLG and BD)
 *   then for each block: bytes (4, LE; top bit: stored uncompressed) | block
 *   00 00 00 00
 * </pre>
 */
final class Lz4Context implements CodecContext {

    static final int BLOCK_BYTES = 64 << 10;

    /** Magic number, FLG, BD and checksum: always the same bytes. */
    private static final byte[] HEADER = {0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82};

    private static final int STORED = 0x8000_0000;

    private final BlockReader blocks = new BlockReader(BLOCK_BYTES);
    private final LZ4Compressor compressor;

    Lz4Context(int level) {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        compressor = level == Compression.LZ4_FAST_LEVEL ? factory.fastCompressor() : factory.highCompressor(level);
    }

    /** Every block stored. */
    static long maxCompressedSize(int bytes) {
        long blocks = BlockReader.mostBlocks(bytes, BLOCK_BYTES);
        return HEADER.length + blocks * Integer.BYTES + bytes + Integer.BYTES;
    }

    @Override
    public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN);
        if (target.remaining() < HEADER.length) {
            return false;
        }
        target.put(HEADER);
        blocks.start(sources, count);
        try {
            for (ByteBuffer block = blocks.nextBlock(); block.hasRemaining(); block = blocks.nextBlock()) {
                if (target.remaining() < Integer.BYTES || !putBlock(block, target)) {
                    return false;
                }
            }
        } finally {
            blocks.finish();
        }
        if (target.remaining() < Integer.BYTES) {
            return false;
        }
        target.putInt(0);
        return true;
    }

    private boolean putBlock(ByteBuffer block, ByteBuffer target) {
        int bytes = block.remaining();
        int dataStart = target.position() + Integer.BYTES;
        int written = compressBlock(block, target, dataStart, target.limit() - dataStart);
        if (written < bytes) {
            target.putInt(written).position(dataStart + written);
            return true;
        }
        if (target.limit() - dataStart < bytes) {
            return false;
        }
        target.putInt(bytes | STORED).put(block);
        return true;
    }

    /** The compressed size, or {@link Integer#MAX_VALUE} if that does not fit the room. */
    private int compressBlock(ByteBuffer block, ByteBuffer target, int offset, int room) {
        try {
            return compressor.compress(block, block.position(), block.remaining(), target, offset, room);
        } catch (LZ4Exception e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Nothing to free: scratch memory goes with the context. */
    @Override
    public void close() {}
}
