package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.env.EventHeap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What befalls the leadership of partitions. <em>Confined to the run's thread.</em> */
final class LeaderTrouble {

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long BETWEEN_MOVES_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_MOVES = 20;

    private final EventHeap events;
    private final ModelCluster cluster;

    LeaderTrouble(EventHeap events, ModelCluster cluster) {
        this.events = events;
        this.cluster = cluster;
    }

    boolean move(SplittableRandom details) {
        elect(anyPartition(details), details);
        return true;
    }

    /** Nobody leads, for a while. */
    boolean takeAway(SplittableRandom details) {
        ModelPartition partition = anyPartition(details);
        cluster.move(partition, -1);
        events.after(details.nextLong(ELECTION_NANOS), () -> {
            if (partition.leader() < 0) {
                elect(partition, details);
            }
        });
        return true;
    }

    /** Too few replicas are in sync, for a while. */
    boolean shrink(SplittableRandom details) {
        anyPartition(details).shrink(events.now() + details.nextLong(ELECTION_NANOS));
        return true;
    }

    boolean deleteRecords(SplittableRandom details) {
        return anyPartition(details).deleteRecords();
    }

    /** A leader follows another, again and again. */
    boolean pingPong(SplittableRandom details) {
        ModelPartition partition = anyPartition(details);
        int moves = 2 + details.nextInt(MOST_MOVES);
        for (int i = 0; i < moves; i++) {
            events.after(i * BETWEEN_MOVES_NANOS, () -> {
                if (partition.leader() >= 0) {
                    elect(partition, details);
                }
            });
        }
        return true;
    }

    /** Somebody leads, maybe who did before. */
    void elect(ModelPartition partition, SplittableRandom details) {
        List<ModelBroker> all = cluster.brokers();
        cluster.move(partition, all.get(details.nextInt(all.size())).id());
    }

    /** Of a topic that is there, or was. */
    private ModelPartition anyPartition(SplittableRandom details) {
        List<ModelTopic> topics = cluster.topics().isEmpty() ? cluster.deleted() : cluster.topics();
        List<ModelPartition> partitions =
                topics.get(details.nextInt(topics.size())).partitions();
        return partitions.get(details.nextInt(partitions.size()));
    }
}
