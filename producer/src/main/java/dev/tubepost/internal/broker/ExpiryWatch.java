package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.queue.PartitionQueue;
import org.jspecify.annotations.Nullable;

/** Sees to it that somebody looks when the oldest batch of an owner is past its delivery timeout. <em>Confined to the owner's actor.</em> */
final class ExpiryWatch {

    /** The shortest time between two looks. */
    private static final long TICK_NANOS = 100_000_000L;

    private final SessionContext session;
    private final Alarm alarm;

    /** @param onExpiry run on the actor when something may be past its time */
    ExpiryWatch(SessionContext session, Actor actor, Runnable onExpiry) {
        this.session = session;
        this.alarm = new Alarm(session.env(), actor, onExpiry);
    }

    /** Sets the time of the next look, if none is set. */
    void schedule(ActiveQueues active) {
        if (alarm.isSet() || active.isEmpty()) {
            return;
        }
        long now = session.env().nanos();
        long wait = session.limits().deliveryNanos();
        for (int i = 0; i < active.size() && wait > TICK_NANOS; i++) {
            wait = Math.min(wait, oldestRemaining(active.get(i), now));
        }
        alarm.set(Math.max(wait, TICK_NANOS));
    }

    /**
     * Under the queue's lock: it may have come with messages that were accepted before all that were known, from another owner or a backlog. A
     * look that is at most a tick away stays: what is overdue, as while it is being compressed, would put it off each time it is touched.
     */
    void hasten(PartitionQueue queue) {
        RecordBatch oldest = queue.oldest();
        if (!alarm.isSet() || oldest == null) {
            return;
        }
        long deadline = oldest.acceptedNanos() + session.limits().deliveryNanos();
        long latest = alarm.dueNanos() - TICK_NANOS;
        if (deadline - latest < 0 && session.env().nanos() - latest < 0) {
            alarm.cancel(); // whoever schedules looks at all of them, and sets another
        }
    }

    private long oldestRemaining(PartitionQueue queue, long nowNanos) {
        queue.lock();
        try {
            RecordBatch oldest = queue.oldest();
            RecordBatch sent = queue.lane.oldestInFlight();
            return Math.min(
                    remaining(oldest, nowNanos),
                    remaining(sent, nowNanos)); // a backlog brings messages older than those sent
        } finally {
            queue.unlock();
        }
    }

    private long remaining(@Nullable RecordBatch batch, long nowNanos) {
        return batch == null ? Long.MAX_VALUE : session.limits().deliveryNanos() - (nowNanos - batch.acceptedNanos());
    }
}
