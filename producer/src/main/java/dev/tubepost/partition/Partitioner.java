package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of a message that does not name one itself. Must be <em>thread-safe</em>: every thread that produces calls
 * it, at the same time.
 *
 * <p>It runs on the thread that produces, after serialization; for messages that waited for their topic's metadata, on the report
 * thread. Never under a lock: it may block, which delays that thread alone. What it throws fails the one message, with a
 * {@link dev.tubepost.PartitioningException}.
 */
@FunctionalInterface
public interface Partitioner {

    /**
     * Chooses a partition.
     *
     * @param partitions all partitions of the topic, with or without a leader: immutable, sorted by id, never empty
     * @param key the serialized key, or null; must not be changed
     * @return one of the partitions
     */
    Partition partition(List<Partition> partitions, byte @Nullable [] key);

    /**
     * As {@link #partition(List, byte[])}, which it calls unless overridden: for partitioners that go by size.
     *
     * @param messageBytes what the message takes in a batch at most, in bytes: the serialized key, value and headers, and 36 for what goes with them
     */
    default Partition partition(List<Partition> partitions, byte @Nullable [] key, int messageBytes) {
        return partition(partitions, key);
    }
}
