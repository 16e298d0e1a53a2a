package dev.tubepost.internal.broker;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queues whose open batch is still allowed to grow, the first to be due at the head. <em>Confined to the worker's actor.</em> One timer for all of
 * them. A queue that moves away stays in the line until its time comes; then it is passed over.
 */
final class LingerLine {

    private record Place(PartitionQueue queue, long dueNanos) {}

    private final PriorityQueue<Place> line = new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos() - b.dueNanos()));
    private final Alarm alarm;

    /** @param onDue run on the actor when the first may be due */
    LingerLine(Env env, Actor actor, Runnable onDue) {
        alarm = new Alarm(env, actor, onDue);
    }

    /** Under the queue's lock: it joins the line, if it has an open batch. */
    void join(PartitionQueue queue) {
        long due = queue.openDueNanos();
        if (due != Long.MIN_VALUE && !queue.lane.inLinger) {
            queue.lane.inLinger = true;
            line.add(new Place(queue, due));
        }
    }

    /** Takes the next that is due and still the owner's; null if there is none. */
    @Nullable
    PartitionQueue takeDue(QueueOwner owner, long nowNanos) {
        while (!line.isEmpty() && line.peek().dueNanos() - nowNanos <= 0) {
            PartitionQueue queue = line.remove().queue();
            if (queue.owner() == owner && queue.lane.inLinger) { // else it moved away meanwhile, and may have come back
                queue.lane.inLinger = false;
                return queue;
            }
        }
        return null;
    }

    /** Sees to it that somebody looks when the first is due. */
    void schedule() {
        Place first = line.peek();
        if (first != null && !(alarm.isSet() && alarm.dueNanos() - first.dueNanos() <= 0)) {
            alarm.setAt(first.dueNanos());
        }
    }

    /** Forgets all of them; those that are still the owner's may join again. Of the others it may not touch anything. */
    void clear(Outbox owner) {
        for (Place place : line) {
            if (place.queue().owner() == owner) {
                place.queue().lane.inLinger = false;
            }
        }
        line.clear();
    }
}
