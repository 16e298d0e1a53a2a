package dev.tubepost.internal.batch;

import dev.tubepost.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/** A codec's contexts, made into a {@link Compressor}. <em>Thread-safe.</em> */
final class PooledCompressor implements Compressor {

    private final Compression compression;
    private final IntToLongFunction bound;
    private final ContextPool contexts;

    /** @param bound the largest output, in bytes, for an input of so many */
    PooledCompressor(Compression compression, IntToLongFunction bound, Supplier<? extends CodecContext> contexts) {
        this.compression = compression;
        this.bound = bound;
        this.contexts = new ContextPool(contexts);
    }

    @Override
    public int attribute() {
        return compression.type().id();
    }

    @Override
    public int maxCompressedSize(int bytes) {
        return (int) Math.min(bound.applyAsLong(bytes), Integer.MAX_VALUE);
    }

    @Override
    public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) {
        // A view, so that neither a codec's use of position and limit nor a failure half-way shows in the caller's
        // buffer.
        ByteBuffer output = target.duplicate();
        CodecContext context = contexts.take();
        boolean intact = false;
        try {
            boolean fits = context.compress(sources, count, output);
            intact = true;
            if (fits) {
                target.position(output.position());
            }
            return fits;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    compression + " failed to compress a batch; it can be sent uncompressed", e);
        } finally {
            if (intact) {
                contexts.give(context);
            } else {
                context.close();
            }
        }
    }

    @Override
    public void close() {
        contexts.close();
    }
}
