package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who we are on one connection: proven at its beginning, and again before the broker forgets it (KIP-368). <em>Confined to the connection's
 * actor.</em>
 *
 * <pre>
 *   BEGINNING ---- authenticated ----> PROVEN ---- most of its lifetime is over ----> RENEWING ----+
 *                                        ^                                                         |
 *                                        +-------------------- authenticated ----------------------+
 * </pre>
 *
 * <p>While it is renewed, calls are parked: the broker takes nothing else in between (F99). What was sent before is answered first, as always.
 */
final class SaslSession {

    /** When it is renewed, as a part of its lifetime: what is left is for the network and for clocks that differ; as kafka-clients. */
    private static final double RENEW_AFTER = 0.85;

    /** The most that chance adds to it, so that not all connections do it at once. */
    private static final double RENEW_JITTER = 0.10;

    /** The shortest time between two: the number comes from the broker. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Who has the connection. */
    interface Listener {

        /** The broker knows who we are, for the first time. */
        void onBegun();

        /** It knows it again; these calls are to be sent now. */
        void onRenewed(Queue<Call> parked);

        /** We are refused, or the broker could not prove itself: the connection is no use any more. */
        void onRefused(ConnectionLoss loss);
    }

    private final Env env;
    private final Actor actor;
    private final CallStream stream;
    private final SaslExchange.Terms terms;
    private final Diagnosis diagnosis;
    private final long timeoutNanos;
    private final Listener listener;
    private final Queue<Call> parked = new ArrayDeque<>();

    /** When it is to be renewed. */
    private final Alarm renewal;

    /** When a renewal has taken too long. */
    private final Alarm renewalTimeout;

    private boolean begun;
    private boolean ended;

    /** What runs now, if anything does. */
    private @Nullable SaslExchange exchange;

    /** When the connection was used last, for its own sake. */
    private long lastUsedNanos;

    /** @param timeoutNanos how long a renewal may take; the connection bounds the first one by its setup time */
    SaslSession(
            Env env,
            Actor actor,
            CallStream stream,
            SaslExchange.Terms terms,
            Diagnosis diagnosis,
            long timeoutNanos,
            Listener listener) {
        this.env = env;
        this.actor = actor;
        this.stream = stream;
        this.terms = terms;
        this.diagnosis = diagnosis;
        this.timeoutNanos = timeoutNanos;
        this.listener = listener;
        renewal = new Alarm(env, actor, this::renew);
        renewalTimeout = new Alarm(env, actor, this::onRenewalTimeout);
    }

    void begin() {
        var first = new SaslExchange(actor, stream, terms, diagnosis, new ExchangeEvents());
        exchange = first;
        first.start();
    }

    /** Whether calls must be parked. */
    boolean isRenewing() {
        return begun && exchange != null;
    }

    /** The call is sent when the renewal is over. */
    void park(Call call) {
        parked.add(call);
    }

    /** How many calls are parked. */
    int parked() {
        return parked.size();
    }

    /** The connection is over, and so is every parked call. */
    void end(ConnectionLoss loss) {
        ended = true;
        renewal.cancel();
        renewalTimeout.cancel();
        var running = exchange;
        exchange = null;
        if (running != null) {
            running.close();
        }
        for (var call = parked.poll(); call != null; call = parked.poll()) {
            stream.pipeline().lose(call, loss);
        }
    }

    private void renew() {
        renewalTimeout.set(timeoutNanos);
        lastUsedNanos = stream.lastUsedNanos();
        begin();
    }

    /** What a broker asked for as silence does not count (F19). */
    private void onRenewalTimeout() {
        var asked = stream.pipeline().oldest();
        long left = asked == null ? 0 : timeoutNanos - stream.pipeline().waitedNanos(asked, env.nanos());
        if (left > 0) {
            renewalTimeout.set(left);
        } else {
            listener.onRefused(diagnosis.renewalTimeout(terms.authenticator().mechanism(), timeoutNanos));
        }
    }

    private final class ExchangeEvents implements SaslExchange.Listener {

        @Override
        public void onAuthenticated(long lifetimeMillis) {
            renewalTimeout.cancel();
            exchange = null;
            if (lifetimeMillis > 0) {
                double part = RENEW_AFTER + RENEW_JITTER * env.random().nextDouble();
                long lifetimeNanos = TimeUnit.MILLISECONDS.toNanos(lifetimeMillis); // at most Long.MAX_VALUE
                renewal.set(Math.max(LEAST_NANOS, (long) (lifetimeNanos * part)));
            }
            if (begun) {
                stream.lastUsedNanos(lastUsedNanos); // a connection that nobody else uses stays idle
                listener.onRenewed(parked);
            } else {
                begun = true;
                listener.onBegun();
            }
        }

        @Override
        public void onRefused(ConnectionLoss loss) {
            exchange = null;
            if (!ended) {
                listener.onRefused(loss);
            }
        }
    }
}
