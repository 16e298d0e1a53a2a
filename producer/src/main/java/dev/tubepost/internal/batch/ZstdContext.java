package dev.tubepost.internal.batch;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * zstd: one frame with its content size and without a checksum (the batch has one). <em>Confined to</em> its context's thread.
 *
 * <p>Segments are gathered first. zstd's streaming interface, fed segment by segment, takes the same time from 4 KiB to 1 MiB (it copies its
 * input as well), and keeps its copy where no limit of ours reaches.
 */
final class ZstdContext implements CodecContext {

    private static final int SMALLEST_SCRATCH_BYTES = 16 << 10;

    /** Scratch memory beyond a usual {@code max_request_size} is not kept for the next batch. */
    private static final int LARGEST_KEPT_SCRATCH_BYTES = 1 << 20;

    /** zstd's own default; 0 stands for it, too. */
    private static final int OWN_DEFAULT_LEVEL = 3;

    /**
     * The shortest match at that level. zstd chooses its parameters by the size of its input, and up to 16 KiB and from 128 to 256 KiB matches of 4 bytes
     * (clevels.h, 1.5.7): of JSON, log lines and numbers that made 1 to 8 % more bytes, and took longer. 5 is what it takes for other sizes, and for streams, of
     * which it does not know the size, as other clients use them.
     */
    private static final int MIN_MATCH = 5;

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final ZstdCompressCtx context;
    private ByteBuffer scratch = EMPTY;

    ZstdContext(int level) {
        context = new ZstdCompressCtx();
        context.setLevel(level).setContentSize(true).setChecksum(false);
        if (level == OWN_DEFAULT_LEVEL || level == 0) {
            context.setMinMatch(MIN_MATCH);
        }
    }

    /** zstd's own bound. */
    static long maxCompressedSize(int bytes) {
        return Zstd.compressBound(bytes);
    }

    @Override
    public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) {
        ByteBuffer input = count == 1 ? sources[0] : gather(sources, count);
        try {
            int start = target.position();
            int written = context.compressDirectByteBuffer(
                    target, start, target.remaining(), input, input.position(), input.remaining());
            target.position(start + written);
            return true;
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return false;
            }
            throw e;
        } finally {
            if (scratch.capacity() > LARGEST_KEPT_SCRATCH_BYTES) {
                scratch = EMPTY;
            }
        }
    }

    private ByteBuffer gather(ByteBuffer[] sources, int count) {
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += sources[i].remaining();
        }
        if (scratch.capacity() < bytes) {
            int doubled = Math.min(scratch.capacity() * 2, LARGEST_KEPT_SCRATCH_BYTES);
            scratch = ByteBuffer.allocateDirect(Math.max(bytes, Math.max(doubled, SMALLEST_SCRATCH_BYTES)));
        }
        scratch.clear();
        for (int i = 0; i < count; i++) {
            scratch.put(sources[i].duplicate());
        }
        return scratch.flip();
    }

    @Override
    public void close() {
        context.close();
    }
}
