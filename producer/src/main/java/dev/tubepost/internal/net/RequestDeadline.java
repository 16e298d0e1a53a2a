package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.util.function.Consumer;

/**
 * When a connection in use is given up: its oldest request has waited too long for its answer, or nobody has used it for too long. <em>Confined to the
 * connection's actor.</em>
 *
 * <p>The alarm is not moved for each request: it goes off at most once per request timeout, and looks what the oldest one has left.
 */
final class RequestDeadline {

    private final Env env;
    private final Connection.Settings settings;
    private final CallStream stream;
    private final Diagnosis diagnosis;
    private final Consumer<ConnectionLoss> onOver;
    private final Alarm alarm;
    private boolean ended;

    /** @param onOver told why, once */
    RequestDeadline(
            Env env,
            Actor actor,
            Connection.Settings settings,
            CallStream stream,
            Diagnosis diagnosis,
            Consumer<ConnectionLoss> onOver) {
        this.env = env;
        this.settings = settings;
        this.stream = stream;
        this.diagnosis = diagnosis;
        this.onOver = onOver;
        alarm = new Alarm(env, actor, this::look);
        alarm.set(nanosLeft());
    }

    /** A request was sent. */
    void sent() {
        if (!ended) {
            alarm.setNoLaterThan(settings.requestTimeoutNanos());
        }
    }

    /** The connection is over. */
    void end() {
        ended = true;
        alarm.cancel();
    }

    private void look() {
        if (nanosLeft() <= 0) {
            stream.readAll(); // the answer may be there, and it is we who were asleep (F18)
        }
        if (ended) {
            return;
        }
        long left = nanosLeft();
        if (left > 0) {
            alarm.set(left);
        } else {
            onOver.accept(loss());
        }
    }

    private long nanosLeft() {
        var pipeline = stream.pipeline();
        var oldest = pipeline.oldest();
        long now = env.nanos();
        return oldest == null
                ? settings.idleNanos() - (now - stream.lastUsedNanos())
                : settings.requestTimeoutNanos() - pipeline.waitedNanos(oldest, now);
    }

    private ConnectionLoss loss() {
        var pipeline = stream.pipeline();
        var oldest = pipeline.oldest();
        if (oldest == null) {
            return new ConnectionLoss(Kind.IDLE, "the connection to " + diagnosis.where() + " was idle", null);
        }
        long waited = pipeline.waitedNanos(oldest, env.nanos());
        return diagnosis.requestTimeout(oldest, waited, settings.requestTimeoutNanos(), pipeline.size());
    }
}
