package dev.tubepost.internal.batch;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few idle contexts of one codec. <em>Thread-safe</em>, without locks: a slot is emptied or filled by one atomic operation.
 *
 * <p>Contexts belong to no thread, because virtual threads would multiply them and threads that end would leak them. Those that find no
 * free slot are closed, so that a burst of threads leaves at most {@link #SLOTS} behind.
 */
final class ContextPool {

    /** How many idle contexts are kept: as many as threads usefully compress for one producer. */
    static final int SLOTS = 8;

    private final Supplier<? extends CodecContext> factory;
    private final AtomicReferenceArray<CodecContext> idle = new AtomicReferenceArray<>(SLOTS);
    private volatile boolean closed;

    ContextPool(Supplier<? extends CodecContext> factory) {
        this.factory = factory;
    }

    /** An idle context, or a new one. */
    CodecContext take() {
        for (int slot = 0; slot < SLOTS; slot++) {
            CodecContext context = idle.getAndSet(slot, null);
            if (context != null) {
                return context;
            }
        }
        return factory.get();
    }

    /** Takes a context back, or closes it if there is no room. */
    void give(CodecContext context) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (idle.compareAndSet(slot, null, context)) {
                // close() may have passed this slot while it was empty; whoever empties it now closes the context.
                if (closed) {
                    closeIdle();
                }
                return;
            }
        }
        context.close();
    }

    /** Closes the idle contexts now, and each one in use when it comes back. */
    void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (int slot = 0; slot < SLOTS; slot++) {
            CodecContext context = idle.getAndSet(slot, null);
            if (context != null) {
                context.close();
            }
        }
    }
}
