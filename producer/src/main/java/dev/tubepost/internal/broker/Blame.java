package dev.tubepost.internal.broker;

import dev.tubepost.DeliveryException;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.ProduceResponse;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells the records for which a broker refused a batch from their neighbours (KIP-467). Static, without state. */
final class Blame {

    private Blame() {}

    /**
     * The failure of a batch that was refused. If the broker named the culprits, each gets its own, with the broker's words, and their
     * neighbours are told that they may be produced again. An index that is not in the batch, or comes twice, is left out (F28); if no
     * other is left, nobody is blamed.
     *
     * @param whole the failure if nobody is blamed
     */
    static DeliveryException of(
            RecordBatch batch,
            String broker,
            ProduceResponse.Partition answer,
            DeliveryException whole,
            long nowNanos) {
        ErrorCode error = ErrorCode.of(answer.errorCode());
        SortedMap<Integer, DeliveryException> culprits = new TreeMap<>();
        for (ProduceResponse.RecordError named : answer.recordErrors()) {
            if (named.batchIndex() >= 0 && named.batchIndex() < batch.recordCount()) {
                culprits.computeIfAbsent(
                        named.batchIndex(),
                        index -> Failures.culprit(
                                batch, broker, error, named.message(), whole.maybeWritten(), nowNanos));
            }
        }
        if (culprits.isEmpty() || batch.recordCount() == 1) {
            return whole;
        }
        Completion.blame(batch, culprits);
        return culprits.size() == batch.recordCount()
                ? whole
                : Failures.neighbour(batch, broker, error, culprits.size(), whole.maybeWritten(), nowNanos);
    }
}
