package dev.tubepost.internal.env;

import org.jspecify.annotations.Nullable;

/** A task that runs when it is time, and the time may be set anew: one timer at the most. <em>Confined to its actor.</em> */
public final class Alarm {

    private final Env env;
    private final Actor actor;
    private final Runnable task;
    private @Nullable Timer timer;
    private long dueNanos;

    /** @param task run on the actor, once each time that it is set; it may set it again */
    public Alarm(Env env, Actor actor, Runnable task) {
        this.env = env;
        this.actor = actor;
        this.task = task;
    }

    /** That long from now, whatever was set before. */
    public void set(long delayNanos) {
        setAt(env.nanos() + Math.min(delayNanos, Long.MAX_VALUE / 2)); // so that the sum stays comparable (F71)
    }

    /** At that time of {@link Env#nanos}, whatever was set before; soon, if it is over. */
    public void setAt(long nanos) {
        cancel();
        dueNanos = nanos;
        timer = actor.after(Math.max(0, leftNanos()), this::fire);
    }

    /** That long from now, unless it is set for sooner. */
    public void setNoLaterThan(long delayNanos) {
        if (timer == null || leftNanos() > delayNanos) {
            set(delayNanos);
        }
    }

    /** Whether the task is still to run. */
    public boolean isSet() {
        return timer != null;
    }

    /** When the task is to run, if it is set. */
    public long dueNanos() {
        return dueNanos;
    }

    /** How long that is from now; negative if the actor is late. */
    public long leftNanos() {
        return dueNanos - env.nanos();
    }

    /** The task does not run. */
    public void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void fire() {
        timer = null;
        task.run();
    }
}
