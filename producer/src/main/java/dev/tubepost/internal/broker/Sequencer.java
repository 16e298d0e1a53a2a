package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.BatchSplit;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Stamp;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.ProducerIdAnswer;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says which batch of a partition may be sent now, so that an idempotent producer neither duplicates nor reorders (design promises 2 to
 * 4), and mends a sequence that is broken. <em>Confined to the worker's actor.</em> Without idempotence: one batch of a partition in flight
 * (promise 1).
 *
 * <p>While the sequence is whole, batches go in order, up to five in flight; one of which nobody knows whether it is written goes alone. When
 * it is broken ({@link Sequences#breakOff}), what is in flight is waited for, and then, if any of the sent batches may be written, each
 * is sent once more on this connection, in order: a leader that has restarted remembers the last batch of an id only, so the answer to one
 * speaks for those before it. In the end those that may be written are reported as that, the others are numbered anew.
 */
final class Sequencer {

    private final SessionContext session;
    private final BrokerWorker worker;
    private final Endings endings;
    private final Set<PartitionQueue> awaitingId = new LinkedHashSet<>();
    private boolean asking;

    Sequencer(SessionContext session, BrokerWorker worker, Endings endings) {
        this.session = session;
        this.worker = worker;
        this.endings = endings;
    }

    // ---- which batch goes ----

    /** Under the queue's lock: whether a batch of the queue may be sent now, if there is one. Sees to what stands against it. */
    boolean mayGo(PartitionQueue queue, long nowNanos) {
        return mayGo(queue, nowNanos, session.cluster().view());
    }

    private boolean mayGo(PartitionQueue queue, long nowNanos, ClusterView view) {
        Sequences sequences = queue.lane.sequences;
        boolean isIdle = queue.lane.inFlight().isEmpty();
        if (isToSplit(queue, sequences)) {
            return isIdle && mendSoon(queue);
        }
        if (sequences == null) {
            return isIdle;
        }
        if (sequences.isBroken()) {
            return isIdle && (untried(queue, view) != null || mendSoon(queue));
        }
        if (sequences.needsId() && !beginOrAsk(queue, sequences)) {
            return false;
        }
        return isIdle || mayFollow(queue, sequences, nowNanos);
    }

    /**
     * Whether the next is too large: it must not go whole again, though a pass may come before the mending that was asked for. While the
     * sequence is broken others may come before it.
     */
    private static boolean isToSplit(PartitionQueue queue, @Nullable Sequences sequences) {
        RecordBatch next = queue.oldest();
        return next != null && next.isTooLarge() && (sequences == null || !sequences.isBroken());
    }

    /** Whether a batch may be sent behind those that are in flight. */
    private boolean mayFollow(PartitionQueue queue, Sequences sequences, long nowNanos) {
        RecordBatch first = queue.lane.oldestInFlight();
        RecordBatch next = queue.oldest();
        Object connection = worker.connection();
        return connection != null
                && queue.lane.inFlight().size() < sequences.window(connection, nowNanos)
                && first != null
                && !first.hasUnknownAttempt()
                && (next == null || !next.hasUnknownAttempt());
    }

    /**
     * Under the queue's lock: the batch to send now, or null.
     *
     * @param view by which the request is made: one that told of another topic's id in between would let old numbers into it (F40)
     */
    @Nullable
    RecordBatch next(PartitionQueue queue, long nowNanos, boolean hurry, ClusterView view) {
        if (!mayGo(queue, nowNanos, view)) {
            return null;
        }
        Sequences sequences = queue.lane.sequences;
        if (sequences == null) {
            return queue.head(nowNanos, hurry);
        }
        if (!sequences.isBroken() && isOfAnotherTopic(queue, view)) {
            sequences.breakOff();
            mendSoon(queue);
            return null;
        }
        return sequences.isBroken() ? untried(queue, view) : queue.head(nowNanos, hurry);
    }

    /** Gives the batch its numbers, if it has none. */
    void depart(PartitionQueue queue, RecordBatch batch, ClusterView view) {
        Sequences sequences = queue.lane.sequences;
        if (sequences != null && batch.stamp() == null) {
            sequences.stamp(batch, topicId(queue.topic(), view));
        }
    }

    private static UUID topicId(String topic, ClusterView view) {
        TopicView known = view.topic(topic);
        return known == null ? TopicView.NO_ID : known.id();
    }

    /** What was sent before is for a topic that is gone: it must not be found in the one of the same name, too (F40). */
    private static boolean isOfAnotherTopic(PartitionQueue queue, ClusterView view) {
        Sequences sequences = queue.lane.sequences;
        return sequences != null && sequences.isOfAnotherTopic(topicId(queue.topic(), view));
    }

    // ---- the producer id ----

    private boolean beginOrAsk(PartitionQueue queue, Sequences sequences) {
        LocalIdentity identity = session.identity();
        if (identity == null || identity.tryBegin(sequences, session.firstSequence())) {
            return identity != null;
        }
        awaitingId.add(queue);
        if (!asking) {
            identity.ask(sequences.spentId(), answer -> worker.post(() -> onProducerId(answer)));
            asking = true; // only now: nobody would end it, had it not been asked
        }
        return false;
    }

    private void onProducerId(ProducerIdAnswer answer) {
        asking = false;
        List<PartitionQueue> told = List.copyOf(awaitingId);
        awaitingId.clear();
        for (PartitionQueue queue : told) {
            if (queue.owner() == worker) {
                if (answer.error() == ErrorCode.NONE) {
                    worker.touched(queue);
                } else {
                    worker.failAll(
                            queue,
                            batch -> Failures.noProducerId(
                                    batch,
                                    answer.broker(),
                                    answer.error(),
                                    session.env().nanos()));
                }
            }
        }
    }

    // ---- answers ----

    /**
     * The broker has the batch. Then it has those before it in the same epoch, too, which it does not remember any more; they are taken out of the
     * queue, oldest first, as delivered.
     *
     * <p>Not so a batch that it has not been asked about again: in a topic that was created anew in this moment the first of two numbers may have met
     * an error, and the second was taken as the first of all. Nor if there is no room for them in the log before this one: then the topic was
     * created anew after they were refused.
     *
     * @param offset the batch's, or -1 if the broker did not say it
     */
    List<RecordBatch> acknowledged(Flight flight, long offset, long nowNanos) {
        PartitionQueue queue = flight.queue();
        Sequences sequences = queue.lane.sequences;
        Stamp stamp = flight.batch().stamp();
        if (sequences == null || stamp == null) {
            return List.of();
        }
        List<RecordBatch> implied;
        queue.lock();
        try {
            implied = forgottenBefore(flight, stamp);
            if (!implied.isEmpty()) {
                int records =
                        implied.stream().mapToInt(RecordBatch::recordCount).sum();
                implied = sequences.hasRoomBefore(offset, records) ? implied : List.of();
                implied.forEach(queue::take);
            }
        } finally {
            queue.unlock();
        }
        sequences.confirm(stamp, flight.connection(), nowNanos);
        sequences.written(offset, flight.batch().recordCount());
        return implied;
    }

    /** Under the queue's lock: what may be written, and was refused by a broker that does not remember it. */
    private static List<RecordBatch> forgottenBefore(Flight flight, Stamp later) {
        List<RecordBatch> forgotten = List.of();
        for (RecordBatch batch : stamped(flight.queue())) {
            boolean mayBeForgotten = batch.isRefusedBy(flight.connection()) || batch.isTooLarge();
            if (batch.hasUnknownAttempt() && mayBeForgotten && isBefore(batch, later)) {
                forgotten = forgotten.isEmpty() ? new ArrayList<>() : forgotten;
                forgotten.add(batch);
            }
        }
        return forgotten;
    }

    private static boolean isBefore(RecordBatch batch, Stamp later) {
        Stamp stamp = batch.stamp();
        return stamp != null
                && stamp.producerId() == later.producerId()
                && stamp.epoch() == later.epoch()
                && stamp.order() < later.order();
    }

    /** An attempt went wrong, and is to be made again. */
    void disturbed(PartitionQueue queue) {
        if (queue.lane.sequences != null) {
            queue.lane.sequences.disturb();
        }
    }

    /** A batch is too large, and back in the queue: its numbers will not be written. */
    void tooLarge(PartitionQueue queue) {
        if (queue.lane.sequences != null) {
            queue.lane.sequences.breakOff();
        }
        mendSoon(queue);
    }

    /**
     * The broker found the batch out of sequence; it is back in the queue. If one before it is still to come, it only has to wait for that.
     *
     * @param foreign whether somebody else uses a higher epoch of the id
     * @return whether it was the first in line, so that the sequence is broken
     */
    boolean outOfSequence(Flight flight, boolean foreign) {
        PartitionQueue queue = flight.queue();
        Sequences sequences = queue.lane.sequences;
        if (sequences == null) {
            return false;
        }
        sequences.disturb();
        if (!isFirstInLine(flight)) {
            return false;
        }
        flight.batch().refusedBy(flight.connection());
        if (foreign) {
            sequences.breakOffForeign();
        } else {
            sequences.breakOff();
        }
        return true;
    }

    private boolean isFirstInLine(Flight flight) {
        PartitionQueue queue = flight.queue();
        queue.lock();
        try {
            for (RecordBatch before : stamped(queue)) {
                if (before == flight.batch()) {
                    return true;
                }
                if (!before.isRefusedBy(flight.connection()) && !before.isTooLarge()) {
                    return false;
                }
            }
            return true;
        } finally {
            queue.unlock();
        }
    }

    // ---- a broken sequence ----

    /** Under the queue's lock: the batches that were sent before and wait to be sent again, oldest first. */
    private static List<RecordBatch> stamped(PartitionQueue queue) {
        List<RecordBatch> stamped = List.of();
        for (RecordBatch batch : queue.closedBatches()) {
            if (batch.stamp() == null) {
                break;
            }
            stamped = stamped.isEmpty() ? new ArrayList<>() : stamped;
            stamped.add(batch);
        }
        return stamped;
    }

    /** Under the queue's lock: the next batch to ask the broker about, or null if every one of which nobody knew was asked about. */
    private @Nullable RecordBatch untried(PartitionQueue queue, ClusterView view) {
        if (isOfAnotherTopic(queue, view)) {
            return null;
        }
        Object connection = worker.connection();
        RecordBatch first = null;
        for (RecordBatch batch : stamped(queue)) {
            boolean mayBeAsked = !batch.isRefusedBy(connection) && !batch.isTooLarge();
            first = first == null && mayBeAsked ? batch : first;
            if (mayBeAsked && batch.hasUnknownAttempt()) {
                return first;
            }
        }
        return null;
    }

    private boolean mendSoon(PartitionQueue queue) {
        worker.post(() -> mend(queue));
        return false;
    }

    /**
     * Does to a queue what has to wait until nothing of it is in flight: ends a broken sequence, and splits what is too large. Not under
     * the queue's lock.
     */
    void mend(PartitionQueue queue) {
        Sequences sequences = queue.lane.sequences;
        if (queue.owner() != worker || !queue.lane.inFlight().isEmpty()) {
            return;
        }
        if (sequences != null && sequences.isBroken()) {
            List<RecordBatch> unresolved = takeUnresolved(queue);
            if (unresolved == null) {
                return;
            }
            boolean isOfAnother = isOfAnotherTopic(queue, session.cluster().view());
            long now = session.env().nanos();
            endings.failEach(
                    queue, unresolved, batch -> Failures.unresolved(batch, worker.describe(), isOfAnother, now));
            renumber(queue, sequences);
        }
        split(queue);
        worker.touched(queue);
    }

    /** What may be written and cannot be cleared up; null if there is still a broker to ask. */
    private @Nullable List<RecordBatch> takeUnresolved(PartitionQueue queue) {
        queue.lock();
        try {
            if (untried(queue, session.cluster().view()) != null) {
                worker.touched(queue);
                return null;
            }
            List<RecordBatch> unresolved = new ArrayList<>(stamped(queue));
            unresolved.removeIf(batch -> !batch.hasUnknownAttempt());
            unresolved.forEach(queue::take);
            return unresolved;
        } finally {
            queue.unlock();
        }
    }

    private static void renumber(PartitionQueue queue, Sequences sequences) {
        queue.lock();
        try {
            stamped(queue).forEach(RecordBatch::unstamp);
            sequences.renew();
        } finally {
            queue.unlock();
        }
    }

    private void split(PartitionQueue queue) {
        queue.lock();
        try {
            List<RecordBatch> tooLarge = new ArrayList<>();
            for (RecordBatch batch : queue.closedBatches()) {
                if (batch.isTooLarge()) {
                    tooLarge.add(batch);
                }
            }
            for (RecordBatch batch : tooLarge) {
                split(queue, batch, session.pool());
            }
        } finally {
            queue.unlock();
        }
    }

    /** Under the queue's lock. Each part is charged as any batch is, or there would be nothing for its compressed form: raw, it would be refused again. */
    static void split(PartitionQueue queue, RecordBatch whole, BufferPool pool) {
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        queue.replace(whole, parts);
        for (RecordBatch part : parts) {
            long full = queue.charge(Math.toIntExact(part.heldBytes()));
            queue.admission().chargeAnyway(part.raiseCharge(full));
        }
    }
}
