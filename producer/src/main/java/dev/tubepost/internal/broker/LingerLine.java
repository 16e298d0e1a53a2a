package dev.tubepost.internal.broker;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The queues whose open batch is still allowed to grow, the first to be due at the head. <em>Confined to the worker's actor.</em> One alarm for all of
 * them. A queue that moves away stays in the line until its time comes; then it is passed over.
 *
 * <p>All linger equally long, so that who comes later is due later, as a rule: the line is one in which everybody joins at the end, and those few who may
 * not wait that long have one of their own.
 */
final class LingerLine {

    private record Place(PartitionQueue queue, long dueNanos) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return Long.signum(dueNanos - other.dueNanos); // a clock that may overflow
        }
    }

    private final Alarm alarm;
    private final ArrayDeque<Place> line = new ArrayDeque<>();
    private final Queue<Place> early = new PriorityQueue<>();

    /** @param onDue run on the actor when the first may be due */
    LingerLine(Env env, Actor actor, Runnable onDue) {
        alarm = new Alarm(env, actor, onDue);
    }

    /** It joins the line until that time, if there is one ({@link Long#MIN_VALUE} if not), and it does not stand there already. */
    void join(PartitionQueue queue, long due) {
        if (due != Long.MIN_VALUE && !queue.lane.inLinger) {
            queue.lane.inLinger = true;
            Place last = line.peekLast();
            Queue<Place> joined = last == null || due - last.dueNanos() >= 0 ? line : early;
            joined.add(new Place(queue, due));
        }
    }

    /** Takes the next that is due and still the owner's; null if there is none. */
    @Nullable
    PartitionQueue takeDue(QueueOwner owner, long nowNanos) {
        Queue<Place> next = next();
        while (!next.isEmpty() && next.element().dueNanos() - nowNanos <= 0) {
            PartitionQueue queue = next.remove().queue();
            if (queue.owner() == owner && queue.lane.inLinger) { // else it moved away meanwhile, and may have come back
                queue.lane.inLinger = false;
                return queue;
            }
            next = next();
        }
        return null;
    }

    /** Sees to it that somebody looks when the first is due. */
    void schedule() {
        Place first = next().peek();
        if (first != null && !(alarm.isSet() && alarm.dueNanos() - first.dueNanos() <= 0)) {
            alarm.setAt(first.dueNanos());
        }
    }

    /** Forgets all of them; those that are still the owner's may join again. Of the others it may not touch anything. */
    void clear(Outbox owner) {
        line.forEach(place -> forget(place, owner));
        early.forEach(place -> forget(place, owner));
        line.clear();
        early.clear();
    }

    private static void forget(Place place, Outbox owner) {
        if (place.queue().owner() == owner) {
            place.queue().lane.inLinger = false;
        }
    }

    /** Where the first to be due stands. */
    private Queue<Place> next() {
        Place hasty = early.peek();
        Place first = line.peek();
        return hasty != null && (first == null || hasty.dueNanos() - first.dueNanos() < 0) ? early : line;
    }
}
