package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Spreads messages evenly, whatever their keys: one partition after the other. The default, and the specification's name for it; as
 * there, nothing is random, and the first message goes to the second partition. After two billion messages the round begins anew, wherever it is.
 * <em>Thread-safe.</em> Threads take turns for themselves, so that they do not wait for each other's: each goes round by itself, and the sum is as even.
 */
public final class RandomPartitioner implements Partitioner {

    /** How many threads can take their turns apart; a power of two. */
    private static final int STRIPES = 8;

    /** From one stripe's turn to the next: two cache lines, as processors fetch them in pairs. */
    private static final int STRIDE = 128 / Integer.BYTES;

    private final AtomicIntegerArray turns = new AtomicIntegerArray((STRIPES + 1) * STRIDE);

    /** A partitioner for one producer: producers that share one share its turns. */
    public RandomPartitioner() {}

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        int stripe = 1
                + (int) (Thread.currentThread().getId() & (STRIPES - 1)); // the first one lies beside what is not ours
        int turn = turns.incrementAndGet(stripe * STRIDE - 1) & Integer.MAX_VALUE;
        return partitions.get(turn % partitions.size());
    }
}
