package dev.tubepost.internal.net;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event loop's timers, the earliest first: a binary heap in which each timer knows its place, so that a cancelled one leaves at once.
 * <em>Confined to the event loop.</em>
 */
final class TimerHeap {

    /** Longer delays are cut to this (146 years), so that deadlines stay comparable by difference (F71). */
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 2;

    private @Nullable LoopTimer[] heap = new @Nullable LoopTimer[16];
    private int size;
    private long sequence;

    LoopTimer add(LoopActor actor, long nowNanos, long delayNanos, Runnable task) {
        long delay = Math.max(0, Math.min(delayNanos, MAX_DELAY_NANOS));
        var timer = new LoopTimer(this, actor, task, nowNanos + delay, sequence++);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        size++;
        siftUp(timer, size - 1);
        return timer;
    }

    /** Takes the timer out; without effect if it is not in. */
    void remove(LoopTimer timer) {
        int index = timer.index;
        if (index == LoopTimer.NOT_QUEUED) {
            return;
        }
        timer.index = LoopTimer.NOT_QUEUED;
        size--;
        var last = at(size);
        heap[size] = null;
        if (last != timer) {
            siftDown(last, index);
            if (last.index == index) {
                siftUp(last, index);
            }
        }
    }

    /** Takes out all timers of an actor that ended. */
    void removeAllOf(LoopActor actor) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            var timer = at(i);
            if (timer.actor == actor) {
                timer.index = LoopTimer.NOT_QUEUED;
            } else {
                heap[kept] = timer;
                timer.index = kept++;
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(at(i), i);
        }
    }

    /** Takes out the earliest timer whose time has come, or gives null. */
    @Nullable
    LoopTimer pollDue(long nowNanos) {
        if (size == 0) {
            return null;
        }
        var first = at(0);
        if (first.deadlineNanos - nowNanos > 0) {
            return null;
        }
        remove(first);
        return first;
    }

    /** How long until the earliest deadline: not negative; {@link Long#MAX_VALUE} if there is no timer. */
    long nanosToNext(long nowNanos) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, at(0).deadlineNanos - nowNanos);
    }

    int size() {
        return size;
    }

    private LoopTimer at(int index) {
        return Objects.requireNonNull(heap[index], "hole in the heap");
    }

    private void siftUp(LoopTimer timer, int from) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            var above = at(parent);
            if (!timer.isBefore(above)) {
                break;
            }
            put(above, index);
            index = parent;
        }
        put(timer, index);
    }

    private void siftDown(LoopTimer timer, int from) {
        int index = from;
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            var below = at(child);
            if (!below.isBefore(timer)) {
                break;
            }
            put(below, index);
            index = child;
        }
        put(timer, index);
    }

    private void put(LoopTimer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }
}
