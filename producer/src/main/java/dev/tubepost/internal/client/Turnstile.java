package dev.tubepost.internal.client;

import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.internal.env.Env;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls that stop, start or close something pass one at a time. <em>Thread-safe.</em>
 *
 * <p>Whoever comes waits for the one before, but no longer than its own time: then it cuts that one off, which ends as if its own time were
 * over. So a close of five seconds is over after five seconds, whoever stands in a stop of ten minutes (F86).
 */
final class Turnstile {

    /** How long a call that was cut off is waited for before it is looked at again. */
    private static final long CUT_OFF_NANOS = 2 * ClientSession.ABORT_NANOS;

    /** One call's way through. <em>Thread-safe.</em> */
    static final class Turn {
        private final CompletableFuture<Void> cutOff = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        private Turn() {}

        /** What this call waits for, or that somebody cuts it off. */
        CompletableFuture<?> orCutOff(CompletableFuture<?> awaited) {
            return CompletableFuture.anyOf(awaited, cutOff);
        }
    }

    private final Env env;
    private final AtomicReference<@Nullable Turn> current = new AtomicReference<>();

    Turnstile(Env env) {
        this.env = env;
    }

    /**
     * Waits until nobody else is in between. Who is interrupted has no more time: the one before ends at once, and this one goes through with the flag
     * set, so that what is left fails by somebody's hand.
     *
     * @param nanos how long before who is in between is cut off; negative for never
     * @param what for the exception: what is waited for
     */
    Turn enter(long nanos, String what) {
        var mine = new Turn();
        long begin = env.nanos();
        boolean interrupted = false;
        Turn other = current.compareAndExchange(null, mine);
        while (other != null) {
            try {
                long left = interrupted ? 0 : CallerWait.left(env, nanos, begin);
                if (!CallerWait.await(env, other.over, left, what)) {
                    other.cutOff.complete(null);
                    CallerWait.await(env, other.over, CUT_OFF_NANOS, what);
                }
            } catch (ProducerInterruptedException e) {
                interrupted = Thread.interrupted();
            }
            other = current.compareAndExchange(null, mine);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine;
    }

    /**
     * Waits until nobody else is in between, and cuts nobody off.
     *
     * @param what for the exception: what is waited for
     * @throws ProducerInterruptedException if interrupted
     */
    Turn enterWhenFree(String what) {
        var mine = new Turn();
        Turn other = current.compareAndExchange(null, mine);
        while (other != null) {
            CallerWait.await(env, other.over, -1, what);
            other = current.compareAndExchange(null, mine);
        }
        return mine;
    }

    /** The call is through. */
    void leave(Turn turn) {
        current.set(null);
        turn.over.complete(null);
    }
}
