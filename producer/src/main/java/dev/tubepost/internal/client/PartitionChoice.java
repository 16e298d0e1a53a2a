package dev.tubepost.internal.client;

import dev.tubepost.Partition;
import dev.tubepost.PartitioningException;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.partition.Partitioner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** To which partition of its topic a producer's messages go. <em>Thread-safe, as the partitioner is; runs on the caller's thread, or among the reports.</em> */
final class PartitionChoice {

    private final String topic;
    private final Partitioner partitioner;

    PartitionChoice(String topic, Partitioner partitioner) {
        this.topic = topic;
        this.partitioner = partitioner;
    }

    /**
     * The queue of the partition that was asked for, or that the partitioner chooses.
     *
     * @param partition -1 to ask the partitioner
     * @param maxBytes the record's size, at most
     * @throws PartitioningException if there is no such partition
     */
    PartitionQueue of(TopicRoute.Routes routes, int partition, byte @Nullable [] key, int maxBytes) {
        PartitionQueue[] queues = routes.queues();
        if (partition >= 0) {
            if (partition >= queues.length) {
                throw new PartitioningException(
                        "topic " + topic + " has " + queues.length + " partitions, and no partition " + partition,
                        null);
            }
            return queues[partition];
        }
        Partition chosen = ask(routes.partitions(), key, maxBytes);
        if (chosen == null || chosen.id() < 0 || chosen.id() >= queues.length) {
            throw new PartitioningException(
                    "the partitioner " + partitioner + " returned " + chosen + " for topic " + topic
                            + ", and not one of the " + queues.length + " partitions that it was given",
                    null);
        }
        return queues[chosen.id()];
    }

    private Partition ask(List<Partition> partitions, byte @Nullable [] key, int maxBytes) {
        try {
            return partitioner.partition(partitions, key, maxBytes);
        } catch (PartitioningException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PartitioningException(
                    "the partitioner " + partitioner + " failed for topic " + topic + ": " + e, e);
        }
    }
}
