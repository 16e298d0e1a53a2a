package dev.tubepost.it;

import java.util.concurrent.atomic.AtomicReference;

/** What a call does that is interrupted while it waits. */
public final class Interruption {

    private Interruption() {}

    /** Interrupts the call on a thread of its own as soon as it waits; gives what it throws with the flag set, or words that say what was amiss. */
    public static Object interrupted(Runnable call) throws InterruptedException {
        AtomicReference<Object> thrown = new AtomicReference<>("nothing was thrown");
        Thread caller = new Thread(
                () -> {
                    try {
                        call.run();
                    } catch (RuntimeException e) {
                        thrown.set(Thread.currentThread().isInterrupted() ? e : "no flag");
                    }
                },
                "caller");
        caller.start();
        Eventually.waits(caller);
        caller.interrupt();
        caller.join(10_000);
        return thrown.get();
    }
}
