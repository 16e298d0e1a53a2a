package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Timer;

/** One entry of a {@link TimerHeap}. <em>Confined to the event loop.</em> */
final class LoopTimer implements Timer {

    static final int NOT_QUEUED = -1;

    final LoopActor actor;
    final Runnable task;
    final long deadlineNanos;
    /** Decides among equal deadlines: first scheduled, first run. */
    final long sequence;

    /** The place in the heap, or {@link #NOT_QUEUED}. */
    int index = NOT_QUEUED;

    private final TimerHeap heap;

    LoopTimer(TimerHeap heap, LoopActor actor, Runnable task, long deadlineNanos, long sequence) {
        this.heap = heap;
        this.actor = actor;
        this.task = task;
        this.deadlineNanos = deadlineNanos;
        this.sequence = sequence;
    }

    @Override
    public void cancel() {
        assert actor.isCurrent() : "a timer of " + actor + " was cancelled outside of it";
        heap.remove(this);
    }

    boolean isBefore(LoopTimer other) {
        long difference = deadlineNanos - other.deadlineNanos; // by difference: the clock may overflow (F71)
        return difference != 0 ? difference < 0 : sequence < other.sequence;
    }
}
