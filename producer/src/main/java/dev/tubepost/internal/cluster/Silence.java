package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.Connection;
import java.util.concurrent.TimeUnit;

/**
 * For how long nothing is asked on a connection, because the broker throttles (KIP-219): it would not read what is sent before. <em>Confined to the
 * cluster actor.</em>
 */
final class Silence {

    /** The longest that is kept, whatever the broker asks for: up to 24 days fit the field. */
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Alarm end;

    /** @param onOver run when questions may be asked again */
    Silence(Env env, Actor actor, Runnable onOver) {
        end = new Alarm(env, actor, onOver);
    }

    /** An answer asks for it; it does not count against the timeouts of what was sent before. */
    void keep(int millis, Connection connection) {
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), MAX_NANOS);
        if (nanos > 0 && !(end.isSet() && end.leftNanos() >= nanos)) {
            connection.extendTimeouts(nanos);
            end.set(nanos);
        }
    }

    boolean isKept() {
        return end.isSet();
    }

    /** Whether there is enough of it left to make another connection meanwhile. */
    boolean isLong() {
        return end.isSet() && end.leftNanos() > LONG_NANOS;
    }

    /** The connection is another one. */
    void end() {
        end.cancel();
    }
}
