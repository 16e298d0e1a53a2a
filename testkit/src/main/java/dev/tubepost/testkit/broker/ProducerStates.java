package dev.tubepost.testkit.broker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * What a leader knows of the idempotent producers of a partition, and so takes, refuses, or has already: the rules of Kafka's {@code
 * UnifiedLog.analyzeAndValidateProducerState}, {@code ProducerStateEntry} and {@code ProducerAppendInfo}. <em>Confined to the run's
 * thread.</em>
 */
final class ProducerStates {

    /** How many batches a leader remembers of each producer ({@code ProducerStateEntry.NUM_BATCHES_TO_RETAIN}). */
    private static final int REMEMBERED = 5;

    private static final int RAISED_BY = 50;
    private static final int LAST_RAISED = Short.MAX_VALUE - RAISED_BY;

    /** A batch that was appended. */
    private record Known(int firstSequence, int lastSequence, long baseOffset, long appendMillis) {}

    private static final class State {
        private short epoch;
        private final ArrayDeque<Known> batches = new ArrayDeque<>();
    }

    /** What is to be done with a batch. */
    record Answer(Errors error, long duplicateOf, long appendMillis) {
        static final Answer APPEND = new Answer(Errors.NONE, -1, -1);

        boolean isDuplicate() {
            return duplicateOf >= 0;
        }
    }

    private final Map<Long, State> states = new HashMap<>();
    private final Map<Long, State> forgotten = new HashMap<>();

    /**
     * Judges a batch.
     *
     * @param knowsUnknown whether the broker answers UNKNOWN_PRODUCER_ID when it has no state, as before KIP-360 (2.4)
     */
    Answer judge(RecordBatch batch, boolean knowsUnknown) {
        State state = states.get(batch.producerId());
        if (state == null) {
            if (skipsWhatWasForgotten(batch) && !knowsUnknown) {
                return refused(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
            }
            return knowsUnknown && batch.baseSequence() != 0
                    ? refused(Errors.UNKNOWN_PRODUCER_ID)
                    : Answer.APPEND; // any sequence (KAFKA-15591)
        }
        if (batch.producerEpoch() < state.epoch) {
            return refused(Errors.INVALID_PRODUCER_EPOCH);
        }
        if (batch.producerEpoch() > state.epoch) {
            return batch.baseSequence() == 0 ? Answer.APPEND : refused(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        }
        for (Known known : state.batches) {
            if (known.firstSequence == batch.baseSequence() && known.lastSequence == batch.lastSequence()) {
                return new Answer(Errors.NONE, known.baseOffset, known.appendMillis);
            }
        }
        if (state.batches.isEmpty()) { // somebody else raised the epoch
            return batch.baseSequence() == 0 ? Answer.APPEND : refused(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        }
        int next = (state.batches.getLast().lastSequence + 1) & Integer.MAX_VALUE;
        return batch.baseSequence() == next ? Answer.APPEND : refused(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
    }

    private static Answer refused(Errors error) {
        return new Answer(error, -1, -1);
    }

    /** The batch was appended, at that time if the topic wants to know. */
    void appended(RecordBatch batch, long baseOffset, long appendMillis) {
        State state = states.computeIfAbsent(batch.producerId(), id -> new State());
        forgotten.remove(batch.producerId());
        if (batch.producerEpoch() != state.epoch) {
            state.batches.clear();
            state.epoch = batch.producerEpoch();
        }
        state.batches.add(new Known(batch.baseSequence(), batch.lastSequence(), baseOffset, appendMillis));
        if (state.batches.size() > REMEMBERED) {
            state.batches.remove();
        }
    }

    /** A leader that has restarted has read a snapshot, which holds the last batch of each producer only. */
    void forgetAllButTheLast() {
        for (State state : states.values()) {
            while (state.batches.size() > 1) {
                state.batches.remove();
            }
        }
    }

    /** Nothing is known of any producer: its records were deleted, or it was silent for a day. */
    void forgetAll() {
        forgotten.putAll(states);
        states.clear();
    }

    /**
     * Whether the batch is not the next one after what was forgotten. A broker takes it all the same, and if the one before it was just refused, order is lost
     * (KAFKA-15591); no producer that has several batches underway could prevent it, so it is not tried.
     */
    private boolean skipsWhatWasForgotten(RecordBatch batch) {
        State before = forgotten.get(batch.producerId());
        if (before == null || before.epoch > batch.producerEpoch() || before.batches.isEmpty()) {
            return false;
        }
        if (before.epoch < batch.producerEpoch()) {
            return batch.baseSequence() != 0;
        }
        int next = (before.batches.getLast().lastSequence + 1) & Integer.MAX_VALUE;
        int ahead = batch.baseSequence() - next;
        return ahead > 0 || ahead < -Integer.MAX_VALUE / 2;
    }

    boolean knows(RecordBatch batch) {
        return states.containsKey(batch.producerId());
    }

    /** Somebody else has raised the epoch of the batch's producer id, by more than its owner would. */
    void raiseEpoch(RecordBatch batch) {
        State state = states.get(batch.producerId());
        if (state != null && state.epoch < LAST_RAISED) {
            state.epoch = (short) (state.epoch + RAISED_BY);
            state.batches.clear();
        }
    }

    /** Whether the producer begins an epoch with this batch after an older one that is known. */
    boolean isNewEpoch(RecordBatch batch) {
        State state = states.get(batch.producerId());
        return state != null && batch.producerEpoch() > state.epoch;
    }
}
