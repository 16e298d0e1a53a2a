package dev.tubepost.testkit.env;

import java.util.Arrays;

/**
 * Virtual time, and what is to happen when. <em>Confined to the run's thread.</em> Time is counted from 0 in nanoseconds; it moves only when
 * somebody works or when everybody waits. Events of the same moment happen in the order in which they were planned.
 *
 * <p>A binary heap in which each event knows its place, so that what is called off leaves at once: most timers are called off long before
 * they are due, and would otherwise fill it.
 */
public final class EventHeap {

    private static final int NOWHERE = -1;

    /** Something planned. */
    public static final class Event {
        private final EventHeap heap;
        private final long at;
        private final long number;
        private final Runnable action;
        private int place = NOWHERE;

        private Event(EventHeap heap, long at, long number, Runnable action) {
            this.heap = heap;
            this.at = at;
            this.number = number;
            this.action = action;
        }

        /** Calls it off; without effect once it happened. */
        public void cancel() {
            if (place != NOWHERE) {
                heap.remove(place);
            }
        }

        private boolean isBefore(Event other) {
            return at < other.at || (at == other.at && number < other.number);
        }
    }

    private Event[] events = new Event[64];
    private int size;
    private long now;
    private long numbers;

    /** The virtual time since the begin of the run. */
    public long now() {
        return now;
    }

    /** Plans an action. It runs outside of every actor, so it only posts, or belongs to the world beyond the network. */
    public Event after(long delayNanos, Runnable action) {
        long at = now + Math.max(0, delayNanos);
        var event = new Event(this, at < 0 ? Long.MAX_VALUE : at, numbers++, action);
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
        }
        rise(size++, event);
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
        while (size > 0 && events[0].at <= now) {
            Event due = events[0];
            remove(0);
            due.action.run();
            any = true;
        }
        return any;
    }

    /** When the next thing happens; {@link Long#MAX_VALUE} if nothing is planned. */
    long nextAt() {
        return size == 0 ? Long.MAX_VALUE : events[0].at;
    }

    /** Everybody waits: time passes. */
    void jumpTo(long at) {
        now = Math.max(now, at);
    }

    private void remove(int place) {
        events[place].place = NOWHERE;
        Event last = events[--size];
        if (place < size) {
            rise(place, last);
            sink(last.place, last);
        }
    }

    private void rise(int from, Event event) {
        int place = from;
        while (place > 0 && event.isBefore(events[(place - 1) / 2])) {
            put(place, events[(place - 1) / 2]);
            place = (place - 1) / 2;
        }
        put(place, event);
    }

    private void sink(int from, Event event) {
        int place = from;
        int child = 2 * place + 1;
        while (child < size) {
            if (child + 1 < size && events[child + 1].isBefore(events[child])) {
                child++;
            }
            if (event.isBefore(events[child])) {
                break;
            }
            put(place, events[child]);
            place = child;
            child = 2 * place + 1;
        }
        put(place, event);
    }

    private void put(int place, Event event) {
        events[place] = event;
        event.place = place;
    }
}
