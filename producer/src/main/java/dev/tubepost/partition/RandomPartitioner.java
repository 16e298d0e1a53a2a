package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Spreads messages evenly, whatever their keys: one partition after the other. The default, and the specification's name for it; as
 * there, nothing is random, and the first message goes to the second partition. After two billion messages the round begins anew, wherever it is.
 * <em>Thread-safe.</em> Once two threads have met here, each goes round by itself and stays with each partition for 64 messages, so that they meet less
 * often at the partitions, too; until one of them has had about a thousand messages, when it is looked whether they meet still.
 */
public final class RandomPartitioner implements Partitioner {

    /** How many threads can take their turns apart; a power of two. */
    private static final int STRIPES = 8;

    private static final int RUN_BITS = 6;

    /** How many messages of a thread go to one partition, before it goes on to the next, while threads are in each other's way. */
    static final int RUN = 1 << RUN_BITS;

    /** After so many turns of its own a thread looks whether others are in its way still; a power of two. */
    static final int APART = 1024;

    /** From one turn to the next: two cache lines, as processors fetch them in pairs. */
    private static final int STRIDE = 128 / Integer.BYTES;

    /** The one that all take, and behind it those that threads take apart. Nothing of ours or others' lies in their cache lines. */
    private final AtomicIntegerArray turns = new AtomicIntegerArray((STRIPES + 3) * STRIDE);

    /** Whether two threads have met; a test may say so. */
    volatile boolean isContended;

    /** A partitioner for one producer: producers that share one share its turns. */
    public RandomPartitioner() {}

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        return partitions.get((turn() & Integer.MAX_VALUE) % partitions.size());
    }

    private int turn() {
        if (!isContended) {
            int last = turns.get(STRIDE);
            if (turns.compareAndSet(STRIDE, last, last + 1)) {
                return last + 1;
            }
            isContended = true;
        }
        int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
        int turn = turns.incrementAndGet((stripe + 2) * STRIDE);
        if ((turn & (APART - 1)) == 0) {
            isContended = false; // until two meet again
        }
        return stripe + (turn >>> RUN_BITS);
    }
}
