package dev.tubepost.internal.batch;

import java.nio.ByteBuffer;

/**
 * One codec at one level, which compresses a closed batch's records in one shot. <em>Thread-safe</em>: each call takes a context of its
 * own from a small pool.
 *
 * <p>What comes out is what stock consumers read: gzip members, xerial's snappy framing, lz4 frames of independent blocks, zstd frames.
 */
public interface Compressor extends AutoCloseable {

    /** The codec's number in a batch's attributes: 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
    int attribute();

    /** How many bytes the output of that many bytes takes at most; saturates at {@link Integer#MAX_VALUE}. */
    int maxCompressedSize(int bytes);

    /**
     * Compresses all remaining bytes of the sources, in order, in one shot. May be called by any thread that is allowed to burn CPU for
     * as long as the batch takes.
     *
     * @param sources direct buffers; nothing of them changes, neither bytes nor positions
     * @param count how many of the sources to read
     * @param target direct; written from its position up to at most its limit
     * @return false, with the target's position unchanged (but not its bytes), if the output does not fit: the batch is then better off
     *     uncompressed (K7). zstd may say so when a few bytes would be left
     * @throws IllegalStateException if the codec itself fails; the target's position is unchanged, and the batch can be sent
     *     uncompressed (F77)
     */
    boolean compress(ByteBuffer[] sources, int count, ByteBuffer target);

    /** Frees what is pooled. A compression under way ends as usual. */
    @Override
    void close();
}
