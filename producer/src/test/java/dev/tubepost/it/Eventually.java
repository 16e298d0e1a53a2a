package dev.tubepost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces. <em>Stateless.</em> */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 5_000_000L;

    private Eventually() {}

    /** Returns when the condition holds; fails the test if it does not in time. */
    public static void holds(String what, BooleanSupplier condition) {
        holds(what, PATIENCE, condition);
    }

    /** As {@link #holds(String, BooleanSupplier)}, for what takes as long as the machine takes. */
    public static void holds(String what, Duration patience, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(patience);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Returns when the thread waits for something: it is blocked in the call that it was started for. */
    public static void waits(Thread thread) {
        holds(thread.getName() + " waits", () -> {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        });
    }
}
