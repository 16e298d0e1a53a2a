package dev.tubepost.testkit.broker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * How many batches of a partition are underway on one connection, as its broker sees it: they came before those ahead of them were answered.
 * <em>Confined to the run's thread.</em>
 */
final class Window {

    /** How many batches of a partition may be underway at once ({@code max.in.flight.requests.per.connection} of an idempotent producer). */
    private static final int LARGEST = 5;

    /** The newest epoch that came of a producer id to a partition. */
    private record Owner(String partition, long producerId) {}

    private final Map<Owner, Short> epochs = new HashMap<>();
    private final ModelCluster cluster;
    private final Map<String, ArrayDeque<Long>> answers = new HashMap<>();

    Window(ModelCluster cluster) {
        this.cluster = cluster;
    }

    /** A batch that came at one time is answered at another. */
    void answered(String partition, RecordBatch batch, long cameNanos, long nowNanos) {
        checkEpoch(partition, batch);
        ArrayDeque<Long> sinceItCame = answers.computeIfAbsent(partition, any -> new ArrayDeque<>());
        while (!sinceItCame.isEmpty() && sinceItCame.getFirst() <= cameNanos) {
            sinceItCame.removeFirst();
        }
        sinceItCame.add(nowNanos);
        if (sinceItCame.size() > 1) {
            cluster.fates().onTransition(Transition.WINDOW_OPENED);
        }
        if (sinceItCame.size() >= LARGEST) {
            cluster.fates().onTransition(Transition.WINDOW_FULL);
        }
        if (sinceItCame.size() > LARGEST) {
            cluster.violation(sinceItCame.size() + " batches of " + partition + " were underway at once (I7)");
        }
    }

    /** On one connection nothing overtakes: who has sent in an epoch is done with those before (I7). */
    private void checkEpoch(String partition, RecordBatch batch) {
        if (batch.hasProducerId()) {
            Short newest = epochs.merge(
                    new Owner(partition, batch.producerId()), batch.producerEpoch(), (a, b) -> a > b ? a : b);
            if (newest > batch.producerEpoch()) {
                cluster.violation("epoch " + batch.producerEpoch() + " came to " + partition + " after epoch " + newest
                        + " (I7)");
            }
        }
    }
}
