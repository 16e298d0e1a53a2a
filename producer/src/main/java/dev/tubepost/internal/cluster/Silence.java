package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.net.Connection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * For how long nothing is asked on a connection, because the broker throttles (KIP-219): it would not read what is sent before. <em>Confined to the
 * cluster actor.</em>
 */
final class Silence {

    /** The longest that is kept, whatever the broker asks for: up to 24 days fit the field. */
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Env env;
    private final Actor actor;
    private final Runnable onOver;
    private @Nullable Timer timer;
    private long endNanos;

    /** @param onOver run when questions may be asked again */
    Silence(Env env, Actor actor, Runnable onOver) {
        this.env = env;
        this.actor = actor;
        this.onOver = onOver;
    }

    /** An answer asks for it; it does not count against the timeouts of what was sent before. */
    void keep(int millis, Connection connection) {
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), MAX_NANOS);
        if (nanos > 0 && (timer == null || env.nanos() + nanos - endNanos > 0)) {
            end();
            endNanos = env.nanos() + nanos;
            connection.extendTimeouts(nanos);
            timer = actor.after(nanos, () -> {
                timer = null;
                onOver.run();
            });
        }
    }

    boolean isKept() {
        return timer != null;
    }

    /** Whether there is enough of it left to make another connection meanwhile. */
    boolean isLong() {
        return timer != null && endNanos - env.nanos() > LONG_NANOS;
    }

    /** The connection is another one. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
