package dev.tubepost.internal.batch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of buffers a session may hold. <em>Thread-safe.</em> Capacity is charged, not payload, and before the buffer is taken.
 */
public final class MemoryBound {

    private final long limitBytes;
    private final Runnable onFreed;
    private final AtomicLong usedBytes = new AtomicLong();

    /**
     * @param limitBytes the bound
     * @param onFreed run after each release, by whoever releases: others may wait for this memory; must not block
     */
    public MemoryBound(long limitBytes, Runnable onFreed) {
        this.limitBytes = limitBytes;
        this.onFreed = onFreed;
    }

    /** Charges, unless the bound would be exceeded. */
    public boolean tryCharge(long bytes) {
        while (true) {
            long used = usedBytes.get();
            if (used + bytes > limitBytes) {
                return false;
            }
            if (usedBytes.compareAndSet(used, used + bytes)) {
                return true;
            }
        }
    }

    /** Charges what was charged elsewhere before, in another measure; may exceed the bound by that difference. */
    public void chargeAnyway(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    /** Takes a charge back. */
    public void release(long bytes) {
        long used = usedBytes.addAndGet(-bytes);
        assert used >= 0 : used;
        onFreed.run();
    }

    /** The bound, in bytes. */
    public long limitBytes() {
        return limitBytes;
    }

    /** What is charged now, in bytes. */
    public long usedBytes() {
        return usedBytes.get();
    }
}
