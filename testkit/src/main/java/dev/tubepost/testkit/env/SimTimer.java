package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Timer;
import org.jspecify.annotations.Nullable;

/** A task that an actor runs later, in virtual time. <em>Confined to the run's thread.</em> */
final class SimTimer implements Timer {

    private final SimActor actor;
    private @Nullable Runnable task;
    private EventHeap.@Nullable Event due;

    SimTimer(SimActor actor, Runnable task) {
        this.actor = actor;
        this.task = task;
    }

    /** It is planned. */
    void plan(EventHeap.Event event) {
        due = event;
    }

    @Override
    public void cancel() {
        task = null;
        if (due != null) {
            due.cancel();
        }
        actor.forget(this);
    }

    /** On the actor. */
    void run() {
        Runnable todo = task;
        if (todo != null) {
            cancel();
            todo.run();
        }
    }
}
