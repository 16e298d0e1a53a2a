package dev.tubepost.internal.client;

import dev.tubepost.Partition;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way into one topic, for one session: the backlog while the partitions are unknown, their queues afterwards. <em>Thread-safe:</em>
 * changed by the cluster actor, read by callers.
 */
final class TopicRoute {

    /**
     * The partitions and their queues. <em>Immutable.</em>
     *
     * @param partitions sorted by id, without gaps
     * @param queues by partition
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read on each produce
    record Routes(List<Partition> partitions, PartitionQueue[] queues) {}

    /** Stands for no broker: the queue is with those that have no leader. */
    static final int NOBODY = -1;

    private final String topic;
    private final TopicBacklog backlog = new TopicBacklog();
    private final BatchLimit batchLimit;

    /** What is known; written by the cluster actor. */
    private volatile @Nullable Routes known;

    /** What callers use: null while the backlog is not empty. Written under the backlog's lock at first, then by the cluster actor. */
    private volatile @Nullable Routes open;

    // ---- confined to the cluster actor ----
    private UUID id = TopicView.NO_ID;
    private int partitionCount;
    /** By partition: the broker whose worker the queue is, or is to be, or {@link #NOBODY}. */
    private int[] leaders = {};

    /** @param batchLimit how large the topic's batches may grow */
    TopicRoute(String topic, BatchLimit batchLimit) {
        this.topic = topic;
        this.batchLimit = batchLimit;
    }

    String topic() {
        return topic;
    }

    TopicBacklog backlog() {
        return backlog;
    }

    /** How large the topic's batches may grow. */
    BatchLimit batchLimit() {
        return batchLimit;
    }

    /** The way to the queues, or null to join the backlog. */
    @Nullable
    Routes open() {
        return open;
    }

    /** What is known of the partitions, or null. */
    @Nullable
    Routes known() {
        return known;
    }

    /** Whether it was created again since it was last counted. */
    boolean isAnother(TopicView told) {
        return !id.equals(TopicView.NO_ID) && !told.id().equals(TopicView.NO_ID) && !id.equals(told.id());
    }

    /**
     * How many partitions the topic has, by all that was told. A broker that is behind may tell of fewer; they are fewer only if the topic was
     * created again (F35, F37).
     */
    int partitionCount(TopicView told) {
        boolean isAnother = isAnother(told);
        id = told.id();
        partitionCount = isAnother
                ? told.partitions().size()
                : Math.max(partitionCount, told.partitions().size());
        return partitionCount;
    }

    /** The broker whose the partition's queue is to be, as it was last said; {@link #NOBODY} for a new one. */
    int leader(int partition) {
        return partition < leaders.length ? leaders[partition] : NOBODY;
    }

    /** Says whose the partition's queue is to be. */
    void leader(int partition, int broker) {
        if (partition >= leaders.length) {
            int size = leaders.length;
            leaders = Arrays.copyOf(leaders, Math.max(partition + 1, 2 * size));
            Arrays.fill(leaders, size, leaders.length, NOBODY);
        }
        leaders[partition] = broker;
    }

    /** Takes newer partitions over. */
    void update(Routes routes) {
        known = routes;
        if (open != null) {
            open = routes;
        }
    }

    /** The backlog is empty: callers go to the queues. A newer view may come meanwhile, and find that they do not yet: so it is read again. */
    void openUp() {
        Routes seen;
        do {
            seen = known;
            open = seen;
        } while (seen != known);
    }
}
