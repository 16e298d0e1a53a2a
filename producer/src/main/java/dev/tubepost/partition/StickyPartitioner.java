package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stays with one partition until it has had a number of bytes, then goes to another at random, whatever the keys: batches fill sooner
 * than when messages are spread one by one, and in the long run each partition gets the same number of bytes (KIP-794). Partitions
 * without a leader are passed over while others have one. <em>Thread-safe</em>, without locks.
 */
public final class StickyPartitioner implements Partitioner {

    /** The default for how many bytes go to one partition before the next. */
    public static final int DEFAULT_STICKY_BYTES = 64 << 10;

    /** What a message counts for when its size is not told. */
    static final int ASSUMED_BYTES = 1 << 10;

    private static final long NOWHERE = -1L << Integer.SIZE;

    private final int stickyBytes;
    private final long seed;

    /** How often a partition was chosen; with the seed, it decides the next choice. */
    private final AtomicInteger choices = new AtomicInteger();

    /** The place of the present partition in the high half, the bytes it has had in the low half: one word, so one compare-and-set. */
    private final AtomicLong state = new AtomicLong(NOWHERE);

    /** For one producer: {@value #DEFAULT_STICKY_BYTES} bytes. */
    public StickyPartitioner() {
        this(DEFAULT_STICKY_BYTES);
    }

    /**
     * For one producer.
     *
     * @param stickyBytes how many bytes go to one partition before the next; 1 or more
     */
    public StickyPartitioner(int stickyBytes) {
        this(stickyBytes, new SplittableRandom().nextLong());
    }

    /**
     * For one producer, always with the same choices.
     *
     * @param stickyBytes how many bytes go to one partition before the next; 1 or more
     * @param seed decides the choices
     */
    public StickyPartitioner(int stickyBytes, long seed) {
        if (stickyBytes < 1) {
            throw new IllegalArgumentException("stickyBytes = " + stickyBytes + ": must be 1 or more");
        }
        this.stickyBytes = stickyBytes;
        this.seed = seed;
    }

    /** As with a size of 1 KiB. */
    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        return partition(partitions, key, ASSUMED_BYTES);
    }

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key, int messageBytes) {
        while (true) {
            long before = state.get();
            int present = (int) (before >> Integer.SIZE);
            int place = keepOrLeave(partitions, present);
            long bytes = messageBytes + (place == present ? before & 0xffff_ffffL : 0);
            boolean enough = bytes >= stickyBytes;
            long after = enough ? word(another(partitions, place), 0) : word(place, bytes);
            if (state.compareAndSet(before, after)) {
                if (enough || place != present) {
                    choices.getAndIncrement();
                }
                return partitions.get(place);
            }
        }
    }

    /** The present place, unless there is none, or it has no leader while another has. */
    private int keepOrLeave(List<Partition> partitions, int present) {
        if (present < 0 || present >= partitions.size()) {
            return another(partitions, -1);
        }
        if (partitions.get(present).leader() >= 0) {
            return present;
        }
        int other = another(partitions, present);
        return partitions.get(other).leader() >= 0 ? other : present;
    }

    /** A place at random, other than the one given (-1: any), with a leader if possible. */
    private int another(List<Partition> partitions, int than) {
        int count = partitions.size();
        int others = than < 0 ? count : count - 1;
        if (others == 0) {
            return than;
        }
        int start = (int) Long.remainderUnsigned(mixed(seed + choices.get()), others);
        for (int i = 0; i < others; i++) {
            int place = (than + 1 + (start + i) % others) % count;
            if (partitions.get(place).leader() >= 0) {
                return place;
            }
        }
        return (than + 1 + start) % count;
    }

    private static long word(int place, long bytes) {
        return ((long) place << Integer.SIZE) | bytes;
    }

    /** Sebastiano Vigna's splitmix64: neighbouring numbers become unrelated ones. */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
