package dev.tubepost.internal.env;

import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The outside world of one cluster: clocks, chance, and the actors on which everything runs. <em>Thread-safe.</em>
 */
public interface Env {

    /** A monotone clock in nanoseconds with an arbitrary origin; compare by difference only, it may overflow (F71). */
    long nanos();

    /**
     * The wall clock in milliseconds since the epoch; it may jump, so it stamps messages and nothing else (F70). While many ask it may be a few
     * milliseconds old.
     */
    long millis();

    /** Chance, for jitter and for choosing among equals. May be used by any thread. */
    RandomGenerator random();

    /** A new actor, placed on one of the event loops. */
    Actor actor(String name);

    /**
     * Makes the calling thread wait until it is completed, in whatever way: the only wait of callers for which time comes from here.
     * Never called within an actor. In the simulation, others run meanwhile.
     *
     * @param nanos how long at the most; negative for ever
     * @return whether it was completed in time
     */
    boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException;

    /** A new mailbox for user code (callbacks, futures, listeners): never on an event loop. */
    Mailbox reports(String name);

    /**
     * A place between two actions of one thread where another thread may act. Does nothing in production; the simulation lets
     * another actor run here.
     */
    void step(Step point);

    /**
     * A number that only the simulation changes.
     *
     * @param usual what it is in production
     */
    default int knob(Knob which, int usual) {
        return usual;
    }

    /** Ends all event loops and threads, once they have run what was posted before; later commands are dropped. Returns without waiting. */
    void close();
}
