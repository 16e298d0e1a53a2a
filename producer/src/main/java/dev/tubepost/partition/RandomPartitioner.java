package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Spreads messages evenly, whatever their keys: one partition after the other. The default, and the specification's name for it; as
 * there, nothing is random, and the first message goes to the second partition. <em>Thread-safe.</em>
 */
public final class RandomPartitioner implements Partitioner {

    private final AtomicInteger last = new AtomicInteger();

    /** A partitioner for one producer: producers that share one share its turns. */
    public RandomPartitioner() {}

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        int count = partitions.size();
        while (true) {
            int before = last.get();
            int next = before + 1 < count ? before + 1 : (before + 1) % count; // a division only at the end of a round
            if (last.compareAndSet(before, next)) {
                return partitions.get(next);
            }
        }
    }
}
