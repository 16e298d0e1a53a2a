package dev.tubepost.internal.broker;

import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.PhaseClock;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Standing;
import java.util.function.Predicate;

/**
 * Holds the queues of a session whose partitions have no leader now. <em>Confined to its actor.</em> Nothing is sent from here; what waits
 * too long fails, and says that it waited for metadata.
 */
public final class Leaderless extends QueueOwner {

    public Leaderless(SessionContext session, Actor actor, Admission admission) {
        super(session, actor, admission);
    }

    @Override
    public void hurry() {
        // There is nobody to send to.
    }

    @Override
    protected void work() {
        // Leaders come from the cluster actor, which asks by itself.
    }

    @Override
    protected void onTouched(PartitionQueue queue, long nowNanos) {
        queue.setTold(true, true);
        if (queue.lane.movingTo != null) {
            handOverSoon(queue);
        }
    }

    @Override
    protected boolean isServed() {
        return false;
    }

    @Override
    protected void onAdopted(PartitionQueue queue) {
        session.cluster().refresh();
    }

    @Override
    protected void failInFlight(PartitionQueue queue, Predicate<RecordBatch> which, Cause cause) {
        // Nothing is in flight here.
    }

    @Override
    protected Standing standing(RecordBatch batch, long nowNanos) {
        PhaseClock clock = batch.clock().copy();
        clock.move(TimeSpent.Phase.QUEUE, TimeSpent.Phase.METADATA, Long.MAX_VALUE, nowNanos);
        return new Standing(
                null,
                "the partition has no leader; metadata: " + session.cluster().trouble(),
                clock.read(nowNanos));
    }
}
