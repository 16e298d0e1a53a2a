package dev.tubepost.internal.batch;

import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.protocol.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The end of a batch's life, for the reporter. <em>Called by the batch's owner.</em> */
public final class Completion {

    private Completion() {}

    /** The batch is acknowledged; gives the waiters that are still to be told, oldest first. */
    public static BatchOutcome.@Nullable Waiter deliver(RecordBatch batch, long baseOffset, long appendMillis) {
        return batch.deliver(baseOffset, appendMillis);
    }

    /** The batch is sent, with acks 0. */
    public static BatchOutcome.@Nullable Waiter send(RecordBatch batch) {
        return batch.send();
    }

    /** The batch failed. */
    public static BatchOutcome.@Nullable Waiter fail(RecordBatch batch, DeliveryException cause) {
        return batch.fail(cause);
    }

    /** A message failed before it came into a batch: its own outcome. */
    public static BatchOutcome.@Nullable Waiter failAlone(BatchOutcome own, DeliveryException cause) {
        own.failed(cause);
        return own.closeWaiters();
    }

    /** A message has left its own outcome, which stays pending, for that of a batch: whoever waits looks there. Among the reports. */
    public static void moved(BatchOutcome own) {
        notifyAll(own.closeWaiters());
    }

    /** Tells this waiter and those after it. */
    public static void notifyAll(BatchOutcome.@Nullable Waiter first) {
        for (BatchOutcome.Waiter waiter = first; waiter != null; waiter = next(waiter)) {
            notify(waiter);
        }
    }

    /** The waiter after this one. */
    public static BatchOutcome.@Nullable Waiter next(BatchOutcome.Waiter waiter) {
        return BatchOutcome.next(waiter);
    }

    public static void notify(BatchOutcome.Waiter waiter) {
        waiter.onDone();
    }

    /** One message of a batch that was never drained, as bytes. Under the queue's lock. */
    public static FailedMessage failure(RecordBatch batch, int index, DeliveryException cause) {
        var reader = new RecordReader(batch.records());
        for (int i = batch.outcome().firstIndex(); i <= index; i++) {
            if (batch.hasRecord(i)) {
                reader.next();
            }
        }
        return failure(batch, reader, cause);
    }

    /** Some records of the batch fail for a reason of their own, once it fails; by record, as the broker counts them (KIP-467). */
    public static void blame(RecordBatch batch, SortedMap<Integer, DeliveryException> byRecord) {
        BatchOutcome outcome = batch.outcome();
        var indices = new int[byRecord.size()];
        int index = outcome.firstIndex() - 1;
        int record = -1;
        int at = 0;
        for (int culprit : byRecord.keySet()) {
            while (record < culprit) {
                record += outcome.isCancelled(++index) ? 0 : 1;
            }
            indices[at++] = index;
        }
        outcome.blame(indices, byRecord.values().toArray(DeliveryException[]::new));
    }

    /** The messages that have no outcome of their own, as bytes, decoded from the batch's records; the batch has failed. */
    public static List<FailedMessage> failures(RecordBatch batch, DeliveryException cause) {
        var failures = new ArrayList<FailedMessage>(batch.recordCount());
        BatchOutcome outcome = batch.outcome();
        var reader = new RecordReader(batch.records());
        for (int index = outcome.firstIndex(); reader.next(); index++) {
            while (!batch.hasRecord(index)) {
                index++;
            }
            if (outcome.isCancelled(index)) {
                continue; // it has its outcome
            }
            DeliveryException own = outcome.blamed(index);
            failures.add(failure(batch, reader, own == null ? cause : own));
        }
        return failures;
    }

    private static FailedMessage failure(RecordBatch batch, RecordReader reader, DeliveryException cause) {
        BatchOutcome outcome = batch.outcome();
        return new FailedMessage(
                outcome.topic(),
                outcome.partition(),
                reader.key(),
                reader.value(),
                batch.baseTimestamp() + reader.timestampDelta(),
                cause);
    }
}
