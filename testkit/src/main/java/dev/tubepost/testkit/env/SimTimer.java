package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Timer;
import org.jspecify.annotations.Nullable;

/** A task that an actor runs later, in virtual time. <em>Confined to the run's thread.</em> */
final class SimTimer implements Timer {

    private final SimActor actor;
    private @Nullable Runnable task;

    SimTimer(SimActor actor, Runnable task) {
        this.actor = actor;
        this.task = task;
    }

    @Override
    public void cancel() {
        task = null;
        actor.forget(this);
    }

    /** On the actor. */
    void run() {
        Runnable due = task;
        if (due != null) {
            cancel();
            due.run();
        }
    }
}
