package dev.tubepost.internal.queue;

import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The owner of partition queues: who drains them now. <em>Thread-safe.</em> */
public interface Outbox {

    /** What bounds the messages that wait for this owner. */
    Admission admission();

    /** A queue of this owner has more to do than it knew of. Never blocks; wakes the owner only if it sleeps. */
    void touched(PartitionQueue queue);

    /** The admission's count reached the number at which everything is sent at once, or somebody waits for room. */
    void hurry();

    /**
     * Asks the owner to hand the queue over to another, once nothing of it is in flight. The last to be named counts: an owner that hears of it
     * late sends on what is wanted now, and not what was wanted then. Called by one thread at a time.
     */
    default void release(PartitionQueue queue, Outbox next) {
        queue.setDestination(next);
        follow(queue);
    }

    /** Looks where the queue is to go, and sends it there once nothing of it is in flight. */
    void follow(PartitionQueue queue);

    /** Takes a queue that its former owner has handed over; its owner field names this one already. */
    void adopted(PartitionQueue queue);

    /**
     * Fails what the queue holds, and what is in flight of it, in order; each message is reported.
     *
     * @param cutOff why, for the messages' exceptions
     * @param done run on the owner when everything has failed
     */
    void abort(PartitionQueue queue, CutOff cutOff, Runnable done);

    /** As {@link #abort}, of what cannot be produced. */
    void refuse(PartitionQueue queue, Refusal refusal);

    /**
     * Asks where a message stands that has no outcome yet.
     *
     * @param outcome of its batch
     * @param told run on the owner, with null if the batch is not here
     */
    void inquire(PartitionQueue queue, BatchOutcome outcome, Consumer<@Nullable Standing> told);

    /**
     * A message was taken back from a queue: has it reported. Its batch keeps its credit.
     *
     * @param told run among the reports
     */
    void cancelled(FailedMessage message, Runnable told);
}
