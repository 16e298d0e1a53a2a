package dev.tubepost.testkit.env;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and what is to happen when. <em>Confined to the run's thread.</em> Time is counted from 0 in nanoseconds; it moves only when
 * somebody works or when everybody waits. Events of the same moment happen in the order in which they were planned.
 */
public final class EventHeap {

    /** Something planned. */
    public static final class Event {
        private final long at;
        private final long number;
        private @Nullable Runnable action;

        private Event(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        /** Calls it off; without effect once it happened. */
        public void cancel() {
            action = null;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.number));
    private long now;
    private long numbers;

    /** The virtual time since the begin of the run. */
    public long now() {
        return now;
    }

    /** Plans an action. It runs outside of every actor, so it only posts, or belongs to the world beyond the network. */
    public Event after(long delayNanos, Runnable action) {
        long at = now + Math.max(0, delayNanos);
        var event = new Event(at < 0 ? Long.MAX_VALUE : at, numbers++, action);
        events.add(event);
        return event;
    }

    /** Somebody worked that long. */
    void work(long nanos) {
        now += nanos;
    }

    /** The whole process stands still that long, as in a long collection of garbage or on a suspended machine; what is due meanwhile comes late. */
    public void stall(long nanos) {
        now += nanos;
    }

    /** Lets happen what is due; whether anything was. */
    boolean runDue() {
        boolean any = false;
        for (Event next = events.peek(); next != null && next.at <= now; next = events.peek()) {
            events.remove();
            Runnable action = next.action;
            if (action != null) {
                next.action = null;
                action.run();
                any = true;
            }
        }
        return any;
    }

    /** When the next thing happens; {@link Long#MAX_VALUE} if nothing is planned. */
    long nextAt() {
        while (true) {
            Event next = events.peek();
            if (next == null) {
                return Long.MAX_VALUE;
            }
            if (next.action != null) {
                return next.at;
            }
            events.remove();
        }
    }

    /** Everybody waits: time passes. */
    void jumpTo(long at) {
        now = Math.max(now, at);
    }
}
