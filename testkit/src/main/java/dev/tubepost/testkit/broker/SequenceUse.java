package dev.tubepost.testkit.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What producers used their sequence numbers for in a partition, in all lives of its topic: a leader may forget, and a topic may be made again, but a
 * number stands for one batch for ever (I7, I8). <em>Confined to the run's thread.</em>
 */
final class SequenceUse {

    /** What a batch held when it first came. */
    private record Seen(List<String> values, long checksum) {}

    private final Map<List<Object>, Seen> seen = new HashMap<>();

    /**
     * What a producer must never do: use a number that no broker takes, give one to two different batches, change a batch between two attempts, or
     * begin an epoch in its midst. Null if it has not.
     *
     * @param isNewEpoch whether the leader knows an older epoch only
     */
    @Nullable
    String misuse(RecordBatch batch, List<String> values, boolean isNewEpoch) {
        String which = "sequence " + batch.baseSequence() + " of producer " + batch.producerId() + ", epoch "
                + batch.producerEpoch();
        if (batch.baseSequence() < 0 || batch.producerEpoch() < 0) {
            return which + ", is none";
        }
        if (isNewEpoch && batch.baseSequence() != 0 && !seen.containsKey(key(batch, 0))) {
            return which + ", is the first in this epoch";
        }
        var now = new Seen(List.copyOf(values), batch.checksum());
        Seen before = seen.putIfAbsent(key(batch, batch.baseSequence()), now);
        if (before == null || before.equals(now)) {
            return null;
        }
        return before.values.equals(now.values)
                ? which + ", has other bytes than before"
                : which + ", was given to " + before.values + " and to " + values;
    }

    private static List<Object> key(RecordBatch batch, int sequence) {
        return List.of(batch.producerId(), batch.producerEpoch(), sequence);
    }
}
