package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks a host up and connects to the first of its addresses that answers (F2, F44). <em>Confined to the connection's actor.</em>
 *
 * <p>The addresses are tried in turn, the next one as soon as one fails, or beside it when it has not answered after
 * {@link #HEAD_START_NANOS} (as RFC 8305 does): a dead first address costs a quarter of a second. Addresses that were not needed are kept
 * for {@link #proceed}, should the one that answered turn out to be no use.
 */
final class Dialer {

    /** How long an address has before the next one is tried beside it; RFC 8305 section 5 recommends 250 ms. */
    static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Whoever wants to be connected. */
    interface Listener {
        void onOpen(Transport transport, InetAddress address);

        void onReadable();

        void onWritable();

        /** There is no address left to try. Called from within {@link #proceed} and {@link #onSetupTimeout}, too. */
        void onExhausted(ConnectionLoss loss);
    }

    /** From the most to the least telling, where addresses failed for different reasons: what a peer said, then silence, then nobody. */
    private static final List<Kind> MOST_TELLING = List.of(
            Kind.AUTHENTICATION,
            Kind.TLS_FAILURE,
            Kind.REBOOTSTRAP_REQUIRED,
            Kind.UNSUPPORTED_VERSION,
            Kind.WRONG_PROTOCOL,
            Kind.PROTOCOL_ERROR,
            Kind.PEER_CLOSED,
            Kind.SETUP_TIMEOUT,
            Kind.LOCAL_FAILURE,
            Kind.REFUSED,
            Kind.UNREACHABLE);

    private final Actor actor;
    private final Target target;
    private final SecurityProtocol protocol;
    private final @Nullable InetSocketAddress source;
    private final Listener listener;
    private final List<InetAddress> untried = new ArrayList<>();
    private final List<Attempt> running = new ArrayList<>();
    private final List<ConnectionLoss> losses = new ArrayList<>();
    private @Nullable Timer headStart;
    private boolean stopped;

    Dialer(
            Actor actor,
            Target target,
            SecurityProtocol protocol,
            @Nullable InetSocketAddress source,
            Listener listener) {
        this.actor = actor;
        this.target = target;
        this.protocol = protocol;
        this.source = source;
        this.listener = listener;
    }

    /** @param rotation how many addresses to move from the front to the end: another one first after a failure (KAFKA-15817) */
    void start(int rotation) {
        actor.resolve(target.host(), (addresses, failure) -> {
            if (stopped) {
                return;
            }
            if (addresses == null || addresses.isEmpty()) {
                var cause = failure == null ? new IOException("no addresses") : failure;
                stop();
                listener.onExhausted(diagnosis(null).unknownHost(cause));
                return;
            }
            untried.addAll(addresses);
            Collections.rotate(untried, -rotation);
            tryNext();
        });
    }

    /** The address that was handed out was no use, for this reason: goes on with the others. */
    void proceed(ConnectionLoss loss) {
        losses.add(loss);
        tryNextOrGiveUp();
    }

    /** The setup time is over while nothing is connected: gives up what runs, and goes on with the others. */
    void onSetupTimeout(long timeoutNanos) {
        for (var attempt : List.copyOf(running)) {
            attempt.abandon();
            losses.add(diagnosis(attempt.address).setupTimeout("connecting", timeoutNanos));
        }
        if (losses.isEmpty()) {
            losses.add(diagnosis(null).setupTimeout("looking up the host's name", timeoutNanos));
        }
        tryNextOrGiveUp();
    }

    /** The address that was handed out is good: nothing else will be asked for, but its events still pass through. */
    void settle() {
        untried.clear();
        losses.clear();
    }

    /** Ends everything that runs. The listener hears no more. */
    void stop() {
        stopped = true;
        List.copyOf(running).forEach(Attempt::abandon);
        cancelHeadStart();
    }

    private void tryNextOrGiveUp() {
        if (!untried.isEmpty()) {
            tryNext();
        } else if (running.isEmpty()) {
            stop();
            listener.onExhausted(summary());
        }
    }

    private void tryNext() {
        cancelHeadStart();
        var attempt = new Attempt(untried.remove(0));
        running.add(attempt);
        attempt.begin();
        if (!untried.isEmpty()) {
            headStart = actor.after(HEAD_START_NANOS, this::tryNext);
        }
    }

    private void cancelHeadStart() {
        if (headStart != null) {
            headStart.cancel();
            headStart = null;
        }
    }

    private void won(Attempt winner, Transport transport) {
        cancelHeadStart();
        running.remove(winner);
        for (var slower : List.copyOf(running)) {
            slower.abandon();
            untried.add(0, slower.address);
        }
        listener.onOpen(transport, winner.address);
    }

    private Diagnosis diagnosis(@Nullable InetAddress address) {
        return new Diagnosis(target, protocol, address);
    }

    private ConnectionLoss summary() {
        var told = losses.get(0);
        for (var loss : losses) {
            told = rank(loss) < rank(told) ? loss : told;
        }
        if (losses.size() == 1) {
            return told;
        }
        var text = new StringBuilder(told.message()).append("; the host's other addresses failed, too:");
        for (var loss : losses) {
            if (!loss.equals(told)) {
                text.append(' ').append(loss.message()).append(';');
            }
        }
        text.setLength(text.length() - 1);
        return new ConnectionLoss(told.kind(), text.toString(), told.cause());
    }

    private static int rank(ConnectionLoss loss) {
        int rank = MOST_TELLING.indexOf(loss.kind());
        return rank < 0 ? MOST_TELLING.size() : rank;
    }

    /** One address being connected to; once connected, the way of its events to the listener. */
    private final class Attempt implements Transport.Handler {
        final InetAddress address;
        private @Nullable Transport transport;

        Attempt(InetAddress address) {
            this.address = address;
        }

        void begin() {
            transport = actor.connect(new InetSocketAddress(address, target.port()), source, this);
        }

        void abandon() {
            running.remove(this);
            if (transport != null) {
                transport.close();
            }
        }

        @Override
        public void onConnected() {
            won(this, Objects.requireNonNull(transport, "connected before connect returned"));
        }

        @Override
        public void onConnectFailed(IOException cause) {
            abandon();
            losses.add(diagnosis(address).connectFailed(cause));
            tryNextOrGiveUp();
        }

        @Override
        public void onReadable() {
            listener.onReadable();
        }

        @Override
        public void onWritable() {
            listener.onWritable();
        }
    }
}
