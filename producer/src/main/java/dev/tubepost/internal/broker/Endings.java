package dev.tubepost.internal.broker;

import dev.tubepost.DeliveryException;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ends batches that no broker acknowledges: each gets its outcome once, its buffers and credits go back, and the sequence of a partition whose batch fails is
 * broken off.
 * <em>Confined to the owner's actor.</em>
 */
final class Endings {

    private final SessionContext session;
    private final Actor actor;

    Endings(SessionContext session, Actor actor) {
        this.session = session;
        this.actor = actor;
    }

    /**
     * Fails batches that were taken from the queue and that no request carries. Each has its outcome, whatever is thrown for one of them: nobody
     * else knows of them any more. That one is failed once more, and put back if that is in vain, to be met again.
     */
    void failEach(PartitionQueue queue, List<RecordBatch> batches, Function<RecordBatch, DeliveryException> cause) {
        Throwable first = null;
        var left = new ArrayDeque<RecordBatch>(0);
        for (RecordBatch batch : batches) {
            try {
                failFirmly(queue, batch, cause);
            } catch (Throwable thrown) {
                first = first == null ? thrown : first;
                if (batch.state() != RecordBatch.State.DONE) {
                    left.push(batch);
                }
            }
        }
        putBack(queue, left);
        if (first != null) {
            throw new IllegalStateException("a batch could not be failed as it should", first);
        }
    }

    private void failFirmly(PartitionQueue queue, RecordBatch batch, Function<RecordBatch, DeliveryException> cause) {
        try {
            fail(queue, batch, admissionOf(queue), cause.apply(batch));
        } catch (Throwable thrown) {
            if (batch.state() == RecordBatch.State.DONE) {
                throw thrown;
            }
            actor.fault(thrown);
            fail(queue, batch, admissionOf(queue), cause.apply(batch));
        }
    }

    private static Admission admissionOf(PartitionQueue queue) {
        queue.lock();
        try {
            return queue.admission();
        } finally {
            queue.unlock();
        }
    }

    private static void putBack(PartitionQueue queue, Iterable<RecordBatch> newestFirst) {
        queue.lock();
        try {
            newestFirst.forEach(queue::putBack);
        } finally {
            queue.unlock();
        }
    }

    /**
     * Fails a batch that was taken from the queue and that no request carries.
     *
     * @param charged what it was charged to when it was taken: the queue may have moved since
     */
    void fail(PartitionQueue queue, RecordBatch batch, Admission charged, DeliveryException cause) {
        breakOff(queue, batch);
        charged.depart(batch.messageCount());
        try {
            finishFailed(batch, charged, cause);
        } finally {
            if (batch.state() != RecordBatch.State.DONE) {
                charged.depart(-batch.messageCount()); // it waits again, or is failed again
            }
        }
    }

    /** Fails a batch of which an attempt was made, or is under way still: then its buffers go back when that is over. */
    void failAttempted(Flight flight, DeliveryException cause) {
        breakOff(flight.queue(), flight.batch());
        finishFailed(flight.batch(), flight.charged(), cause);
    }

    /** Its numbers, if it has any, may never be written. */
    private static void breakOff(PartitionQueue queue, RecordBatch batch) {
        Sequences sequences = queue.lane.sequences;
        if (sequences == null || batch.stamp() == null) {
            return;
        }
        if (batch.mayBeWritten()) {
            sequences.breakOffUnknown();
        } else {
            sequences.breakOff();
        }
    }

    private void finishFailed(RecordBatch batch, Admission charged, DeliveryException cause) {
        finish(batch, charged, reported -> session.reporter().failed(batch, cause, reported));
    }

    /** Ends a batch by the reporter, then gives back its buffers, and its credits once reported. */
    void finish(RecordBatch batch, Admission charged, Consumer<Runnable> end) {
        int messages = batch.messageCount();
        try {
            end.accept(() -> charged.reported(messages));
        } finally {
            charged.releaseBytes(batch.tryFree(session.pool())); // nothing, as long as it has no outcome
        }
    }
}
