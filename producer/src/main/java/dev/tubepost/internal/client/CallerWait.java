package dev.tubepost.internal.client;

import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.env.Env;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The only place that makes a caller's thread wait. Static, without state. */
final class CallerWait {

    private CallerWait() {}

    /**
     * Waits until it is completed; whether that was so in time.
     *
     * @param nanos how long at the most; negative for ever
     * @param what for the exception: what was waited for
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     */
    static boolean await(Env env, CompletableFuture<?> completion, long nanos, String what) {
        try {
            return env.await(completion, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProducerInterruptedException("interrupted while waiting " + what, e);
        }
    }

    /**
     * As {@link #await(Env, CompletableFuture, long, String)}, of a handle, which knows no {@link Env}.
     *
     * @param nanos how long at the most; zero or less to look only
     */
    static boolean await(CompletableFuture<?> completion, long nanos, String what) {
        try {
            completion.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a wait has no outcome but its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProducerInterruptedException("interrupted while waiting " + what, e);
        }
    }

    /** What is left of a time that has begun, never negative; a negative one is for ever, and stays so. */
    static long left(Env env, long nanos, long beginNanos) {
        return nanos < 0 ? nanos : Math.max(0, nanos - (env.nanos() - beginNanos));
    }

    /** What a caller allows for a wait: {@link ProducerOptions#FOREVER} is negative; any other negative time is over, as what is left of one may be. */
    static long allowed(Duration time) {
        return time.equals(ProducerOptions.FOREVER) ? -1 : Math.max(0, nanos(time));
    }

    /** A time span in nanoseconds, as much as fits; negative ones stay negative. */
    static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
