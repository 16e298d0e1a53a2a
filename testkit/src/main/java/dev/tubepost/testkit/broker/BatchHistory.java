package dev.tubepost.testkit.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Compares each batch that comes with what came before it, and tells of the {@link Transition}s that show. <em>Confined to the run's thread.</em> */
final class BatchHistory {

    /** From here on an id's epochs are nearly used up, and another id is taken. */
    private static final int LAST_EPOCHS = Short.MAX_VALUE - 100;

    /** The numbers that a batch had. */
    private record Numbers(long producerId, short epoch, int first) {}

    /**
     * A batch that came, by its first message.
     *
     * @param pauseNanos the time since it came before; 0 for the first time
     */
    private record Attempt(
            int broker, int messages, short answer, Numbers numbers, long checksum, long atNanos, long pauseNanos) {}

    private final ModelCluster cluster;
    private final Map<String, Attempt> attempts = new HashMap<>();
    private final Map<String, Numbers> newest = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private int retries = Integer.MAX_VALUE;

    BatchHistory(ModelCluster cluster) {
        this.cluster = cluster;
    }

    void expectRetries(int most) {
        retries = most;
    }

    /** A batch came, and was answered so. */
    void onBatch(int broker, String partition, RecordBatch batch, List<String> values, short answer, long nowNanos) {
        var numbers = new Numbers(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
        Attempt before = attempts.get(values.get(0));
        long pause = before == null ? 0 : nowNanos - before.atNanos;
        var now = new Attempt(broker, values.size(), answer, numbers, batch.checksum(), nowNanos, pause);
        attempts.put(values.get(0), now);
        if (before != null) {
            compare(before, now);
            if (isChanged(before, now)) {
                cluster.violation("the batch that begins with " + values.get(0) + " came again with other bytes");
            }
        }
        if (ErrorKinds.isPassing(answer)) {
            values.forEach(this::refused);
        }
        if (batch.hasProducerId()) {
            Numbers former = newest.put(partition, numbers);
            if (former != null) {
                compare(former, numbers);
            }
        }
    }

    private void refused(String value) {
        int times = refusals.merge(value, 1, Integer::sum);
        if (times - 1 > retries) {
            cluster.violation(value + " was refused " + times + " times, and may be sent again " + retries + " times");
        }
    }

    /** Whether a batch is not the one that came before, though it has as many messages and the same numbers (I8). */
    private static boolean isChanged(Attempt before, Attempt now) {
        return before.messages == now.messages && before.numbers.equals(now.numbers) && before.checksum != now.checksum;
    }

    private void compare(Attempt before, Attempt now) {
        tell(Transition.LEADER_FOLLOWED, before.broker != now.broker);
        tell(Transition.SPLIT, ErrorKinds.isTooLarge(before.answer) && now.messages < before.messages);
        tell(Transition.BACKOFF_GREW, before.pauseNanos > 0 && now.pauseNanos > before.pauseNanos);
        tell(
                Transition.RENUMBERED,
                before.numbers.producerId != now.numbers.producerId || before.numbers.epoch != now.numbers.epoch);
        if (now.answer == Fate.NO_ERROR) {
            tell(Transition.REFUSED_THEN_TAKEN, before.answer != Fate.NO_ERROR);
            tell(Transition.SEQUENCE_MENDED, ErrorKinds.isOutOfSequence(before.answer));
        }
    }

    private void compare(Numbers before, Numbers now) {
        if (before.producerId != now.producerId) {
            tell(Transition.ID_CHANGED, true);
            tell(Transition.EPOCHS_USED_UP, before.epoch >= LAST_EPOCHS && now.producerId > before.producerId);
        } else {
            tell(Transition.EPOCH_RAISED, now.epoch > before.epoch);
            tell(
                    Transition.SEQUENCE_WRAPPED,
                    now.epoch == before.epoch && before.first > Integer.MAX_VALUE / 2 && now.first < before.first / 2);
        }
    }

    private void tell(Transition transition, boolean happened) {
        if (happened) {
            cluster.fates().onTransition(transition);
        }
    }
}
