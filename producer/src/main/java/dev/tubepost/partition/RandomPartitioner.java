package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Spreads messages evenly, whatever their keys: one partition after the other. The default, and the specification's name for it; as
 * there, nothing is random, and the first message goes to the second partition. After two billion messages the round begins anew, wherever it is.
 * <em>Thread-safe</em>, by one atomic addition, which never has to be tried again.
 */
public final class RandomPartitioner implements Partitioner {

    private final AtomicInteger turns = new AtomicInteger();

    /** A partitioner for one producer: producers that share one share its turns. */
    public RandomPartitioner() {}

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        int turn = turns.incrementAndGet() & Integer.MAX_VALUE;
        return partitions.get(turn % partitions.size());
    }
}
