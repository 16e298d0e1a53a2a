package dev.tubepost.internal.batch;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a codec needs to compress one batch: native state and scratch memory, worth keeping for the next one. <em>Confined to</em> the
 * thread that took it from the {@link ContextPool}.
 */
interface CodecContext extends AutoCloseable {

    /**
     * As {@link Compressor#compress}, except that after false the target's position is anywhere. A context that threw is not used
     * again. It refers to none of the buffers afterwards: a pooled context must not pin a batch.
     */
    boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) throws IOException;

    /** Frees native memory. */
    @Override
    void close();
}
