package dev.tubepost.internal.batch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The direct buffers of one cluster, in sizes of powers of two from 1 KiB to 64 KiB, and of multiples of that up to 1 MiB; larger ones are made for the
 * occasion and left to the garbage collector. <em>Thread-safe.</em>
 *
 * <p>The pool only recycles; how much may be in use is bounded by {@link MemoryBound}. Small buffers are cut from slabs of up to 64 KiB, so
 * that ten thousand open partitions cost ten thousand times 1 KiB and not ten thousand allocations of the operating system.
 */
public final class BufferPool {

    /** The smallest buffer, in bytes: what an open batch begins with. */
    public static final int MIN_BYTES = 1024;

    /** The largest buffer that a batch grows by, in bytes; larger ones, for large messages and compressed forms, are multiples of it. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The largest buffer that is kept for later, in multiples of {@link #MAX_BYTES}: a request of the default size fits. */
    private static final int MAX_MULTIPLE = 16;

    /** The most buffers that are cut from one slab: whoever cuts it holds up his caller, or a worker. */
    private static final int MAX_SLICES = 32;

    /** How many bytes of free buffers are kept; what comes back beyond it is left to the garbage collector. */
    private static final long MAX_IDLE_BYTES = 64L << 20;

    private static final int MIN_SHIFT = Integer.numberOfTrailingZeros(MIN_BYTES);
    private static final int SMALL_CLASSES = Integer.numberOfTrailingZeros(MAX_BYTES) - MIN_SHIFT + 1;
    private static final int CLASSES = SMALL_CLASSES + MAX_MULTIPLE - 1;
    /** What a buffer is full of that nobody may use: whoever reads it too late is seen, and so is who writes to it (I9). */
    private static final ByteBuffer POISON = poison();

    /** What a buffer begins with that somebody has, until he writes: no record begins so, nor like the poison. */
    private static final long TAKEN = 0xA5A5_A5A5_A5A5_A5A5L;

    private final FreeList[] free = new FreeList[CLASSES];
    /** The bytes of all buffers that there are: they change seldom, so that taking and giving back meet at the free list alone. */
    private final AtomicLong madeBytes = new AtomicLong();

    public BufferPool() {
        for (int i = 0; i < CLASSES; i++) {
            free[i] = new FreeList();
        }
    }

    /** The capacity of the buffer that {@link #take} gives for that many bytes. */
    public static int capacityFor(int bytes) {
        if (bytes <= MIN_BYTES) {
            return MIN_BYTES;
        }
        if (bytes <= MAX_BYTES) {
            return Integer.highestOneBit(bytes - 1) << 1;
        }
        return Math.addExact(bytes, MAX_BYTES - 1) / MAX_BYTES * MAX_BYTES;
    }

    /** The largest capacity of a buffer that is no more than that many bytes, which are at least {@link #MIN_BYTES}. */
    public static int capacityWithin(int bytes) {
        return bytes < MAX_BYTES ? Integer.highestOneBit(bytes) : bytes / MAX_BYTES * MAX_BYTES;
    }

    /** A cleared buffer of {@link #capacityFor} that many bytes. */
    public ByteBuffer take(int bytes) {
        ByteBuffer buffer = takeOrAllocate(capacityFor(bytes));
        assert mark(buffer);
        return buffer;
    }

    private ByteBuffer takeOrAllocate(int capacity) {
        if (capacity > MAX_BYTES * MAX_MULTIPLE) {
            return make(capacity);
        }
        FreeList list = free[classOf(capacity)];
        ByteBuffer buffer = list.pop();
        if (buffer == null) {
            return capacity > MAX_BYTES ? make(capacity) : cut(list, capacity);
        }
        assert isPoisoned(buffer) : "a buffer was written to after it had been given back";
        return buffer.clear();
    }

    /** Gives a buffer back. Nobody may touch it afterwards; with assertions on, its bytes are overwritten, and a second time is seen. */
    public void give(ByteBuffer buffer) {
        assert !isPoisoned(buffer) : "a buffer was given back twice";
        assert poison(buffer);
        int capacity = buffer.capacity();
        if (capacity > MAX_BYTES * MAX_MULTIPLE || isIdleEnough()) {
            madeBytes.addAndGet(-capacity);
            return;
        }
        free[classOf(capacity)].push(buffer);
    }

    private boolean isIdleEnough() {
        return madeBytes.get() > MAX_IDLE_BYTES && idleBytes() > MAX_IDLE_BYTES;
    }

    /** The bytes of the buffers that were taken and not given back. */
    public long usedBytes() {
        return madeBytes.get() - idleBytes();
    }

    /** The bytes of the buffers that are kept for later. */
    public long idleBytes() {
        long idle = 0;
        for (FreeList list : free) {
            idle += list.bytes();
        }
        return idle;
    }

    private ByteBuffer make(int capacity) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(capacity);
        madeBytes.addAndGet(capacity); // not before: there may have been no memory
        return buffer;
    }

    private ByteBuffer cut(FreeList list, int capacity) {
        int slabBytes = Math.min(MAX_BYTES, MAX_SLICES * capacity);
        ByteBuffer slab = make(slabBytes);
        assert poison(slab);
        for (int at = capacity; at < slabBytes; at += capacity) {
            list.push(slab.slice(at, capacity));
        }
        return slab.slice(0, capacity);
    }

    private static int classOf(int capacity) {
        return capacity <= MAX_BYTES
                ? Integer.numberOfTrailingZeros(capacity) - MIN_SHIFT
                : SMALL_CLASSES + capacity / MAX_BYTES - 2;
    }

    private static ByteBuffer poison() {
        var full = new byte[MAX_BYTES];
        Arrays.fill(full, (byte) 0xDD);
        return ByteBuffer.allocateDirect(MAX_BYTES).put(full).flip();
    }

    private static boolean poison(ByteBuffer buffer) {
        for (int at = 0; at < buffer.capacity(); at += MAX_BYTES) {
            buffer.clear().put(at, POISON, 0, Math.min(MAX_BYTES, buffer.capacity() - at));
        }
        return true;
    }

    private static boolean isPoisoned(ByteBuffer buffer) {
        for (int at = 0; at < buffer.capacity(); at += MAX_BYTES) {
            int length = Math.min(MAX_BYTES, buffer.capacity() - at);
            if (!buffer.clear().slice(at, length).equals(POISON.slice(0, length))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mark(ByteBuffer buffer) {
        buffer.putLong(0, TAKEN);
        return true;
    }

    /**
     * The free buffers of one size: what came back last goes out first, since it is in some cache still. A stack without locks (Treiber's); its entries
     * are new each time, so nobody mistakes one for another that was there before.
     */
    private static final class FreeList {
        /** @param bytes of this buffer and all below */
        private record Entry(ByteBuffer buffer, @Nullable Entry below, long bytes) {}

        private final AtomicReference<@Nullable Entry> top = new AtomicReference<>();

        @Nullable
        ByteBuffer pop() {
            Entry seen = top.get();
            while (seen != null && !top.compareAndSet(seen, seen.below())) {
                seen = top.get();
            }
            return seen == null ? null : seen.buffer();
        }

        void push(ByteBuffer buffer) {
            Entry below;
            do {
                below = top.get();
            } while (!top.compareAndSet(below, new Entry(buffer, below, bytes(below) + buffer.capacity())));
        }

        long bytes() {
            return bytes(top.get());
        }

        private static long bytes(@Nullable Entry stack) {
            return stack == null ? 0 : stack.bytes();
        }
    }
}
