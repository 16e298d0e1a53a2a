package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.SecuredTransport;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ApiVersionsRequest;
import dev.tubepost.protocol.VersionRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one broker or bootstrap server: found, opened, secured, introduced, authenticated, and then the calls on it, answered in
 * the order in which they were sent. <em>Confined to its actor.</em>
 *
 * <pre>
 *   DIALLING -- an address --> SECURING ---------> HANDSHAKE -- common --> AUTHENTICATING -- who --> READY
 *      |  ^      answered         |     (TLS)          |       versions        |    (SASL)   we are    |
 *      |  |                       |                    |                       |                       |
 *      |  +--- no use, another ---+--------------------+-----------------------+                       |
 *      |       address is left                                                 |                       |
 *      +---- no address is left -----+------------ we are refused -------------+                       |
 *                                    v                                                                 |
 *                                 CLOSED  <------------ closed, broken, silent, idle ------------------+
 * </pre>
 *
 * <p>SECURING is passed over without TLS, AUTHENTICATING without SASL. No call of a user's leaves before READY: none reaches a broker that has not
 * proven who it is, or that does not know who we are.
 *
 * <p>It ends once, and is not reopened: whoever owns it opens another one, after {@link Backoff}. When it ends, every call that has no outcome
 * is lost, oldest first, and then the owner is told.
 */
public final class Connection {

    /**
     * Whom to connect to. <em>Immutable.</em>
     *
     * @param nodeId the node that must answer there, or -1 for a bootstrap server
     * @param clusterId the cluster that it must belong to, or null while it is not known (KIP-1242)
     * @param learnedFrom who told the address, for messages, as {@code kafka1:9092}; null if the user did
     */
    public record Target(
            String host,
            int port,
            int nodeId,
            @Nullable String clusterId,
            @Nullable String learnedFrom) {

        public Target(String host, int port, int nodeId, @Nullable String clusterId) {
            this(host, port, nodeId, clusterId, null);
        }
    }

    /**
     * How connections behave. <em>Immutable.</em>
     *
     * @param clientId sent with each request
     * @param softwareName sent in the handshake (KIP-511): letters, digits, dot, dash
     * @param softwareVersion sent in the handshake
     * @param requestTimeoutNanos how long the oldest request may wait for its answer
     * @param setupTimeoutNanos how long look-up, connect and handshake may take, at the first attempt
     * @param setupTimeoutMaxNanos the cap of that time, which doubles with each failed attempt (KIP-601)
     * @param idleNanos after how long without any traffic the connection is closed; {@link Long#MAX_VALUE} for never
     * @param maxReplyBytes the largest reply that is read
     * @param source the local address to bind to, or null for any
     * @param tls secures each stream, or null: none is
     * @param authenticator proves who we are on each connection, or null: nobody asks
     */
    public record Settings(
            String clientId,
            String softwareName,
            String softwareVersion,
            long requestTimeoutNanos,
            long setupTimeoutNanos,
            long setupTimeoutMaxNanos,
            long idleNanos,
            int maxReplyBytes,
            @Nullable InetSocketAddress source,
            @Nullable TransportSecurity tls,
            @Nullable Authenticator authenticator) {

        SecurityProtocol protocol() {
            return SecurityProtocol.of(tls != null, authenticator != null);
        }
    }

    /** Whoever opened the connection. Called on the actor, never from within a call to the connection but {@link Connection#close}. */
    public interface Owner {
        /** The handshake is done: calls may be sent. */
        void onReady(Connection connection);

        /** It is over: every call has got its outcome. Called exactly once. */
        void onClosed(Connection connection, ConnectionLoss loss);

        /** All bytes were handed to the kernel, after a time in which some waited. */
        void onDrained(Connection connection);
    }

    private enum State {
        DIALLING("connecting"),
        SECURING("the TLS handshake"),
        HANDSHAKE("the ApiVersions handshake"),
        AUTHENTICATING("the SASL authentication"),
        READY("use"),
        CLOSED("nothing");

        final String stage;

        State(String stage) {
            this.stage = stage;
        }
    }

    /** The most that one {@link #extendTimeouts} can add: the number comes from the broker. */
    private static final long MAX_EXTENSION_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Env env;
    private final Actor actor;
    private final Settings settings;
    private final Target target;
    private final Owner owner;
    private final Dialer dialer;

    /** Ends a stage that takes too long, until READY. */
    private final Alarm setupTime;

    private State state = State.DIALLING;
    private Diagnosis diagnosis;
    private Map<ApiKey, VersionRange> offered = Map.of();
    private int setupFailures;
    private long setupNanos;

    /** What lies between the socket and the stream, from SECURING on; null without TLS. */
    private @Nullable SecuredTransport secured;

    /** The calls on the open stream, from HANDSHAKE on. */
    private @Nullable CallStream stream;

    /** Who we are on this connection, from AUTHENTICATING on; null without SASL. */
    private @Nullable SaslSession session;

    /** When the connection is given up, from READY on. */
    private @Nullable RequestDeadline deadline;

    private Connection(Env env, Actor actor, Settings settings, Target target, Owner owner, int failuresBefore) {
        this.env = env;
        this.actor = actor;
        this.settings = settings;
        this.target = target;
        this.owner = owner;
        setupFailures = failuresBefore;
        diagnosis = new Diagnosis(target, settings.protocol(), null);
        dialer = new Dialer(actor, target, settings.protocol(), settings.source(), new DialEvents());
        setupTime = new Alarm(env, actor, this::onSetupTimeOver);
    }

    /** {@link #open(Env, Actor, Settings, Target, Owner, int)} after a success. */
    public static Connection open(Env env, Actor actor, Settings settings, Target target, Owner owner) {
        return open(env, actor, settings, target, owner, 0);
    }

    /**
     * Begins to connect, and returns at once; the owner hears {@link Owner#onReady} or {@link Owner#onClosed}.
     *
     * @param failuresBefore how often it failed in a row before ({@link Backoff#failures}): the setup time grows with it, and the host's
     *     addresses are tried from another one on
     */
    public static Connection open(
            Env env, Actor actor, Settings settings, Target target, Owner owner, int failuresBefore) {
        assert actor.isCurrent() : actor;
        var connection = new Connection(env, actor, settings, target, owner, failuresBefore);
        connection.begin(failuresBefore);
        return connection;
    }

    private void begin(int rotation) {
        boolean begun = false;
        try {
            beginSetupTime();
            dialer.start(rotation);
            begun = true;
        } finally {
            if (!begun) { // nobody has it, so nobody may hear of it any more (F76)
                state = State.CLOSED;
                setupTime.cancel();
                dialer.stop();
            }
        }
    }

    /** The newest version of the message that both ends know; -1 if there is none, and before the connection is ready. */
    public int version(ApiKey key) {
        return Handshake.negotiate(key, offered);
    }

    /** The versions that the broker knows; null if it does not know the message, and before the connection is ready. */
    public @Nullable VersionRange offered(ApiKey key) {
        return offered.get(key);
    }

    /** Whether calls can be sent. */
    public boolean isReady() {
        return state == State.READY;
    }

    /**
     * Sends a call behind all others; the answers come in the same order. Of the call, only {@link Call#frame} and {@link Call#onWritten} run
     * before this returns.
     *
     * @throws IllegalStateException if the connection is not ready, or the call was sent before
     */
    public void send(Call call) {
        assert actor.isCurrent() : actor;
        if (state != State.READY) {
            throw new IllegalStateException(describe() + " is not ready");
        }
        if (session != null && session.isRenewing()) {
            session.park(call);
            return;
        }
        stream().send(call);
        if (deadline != null) {
            deadline.sent();
        }
    }

    /** Whether calls would have to wait: bytes do so for the kernel, or we are authenticating anew. The owner is told of the end of either. */
    public boolean writing() {
        return (stream != null && stream.isWriting()) || (session != null && session.isRenewing());
    }

    /** How many calls have no outcome yet. */
    public int inFlight() {
        int parked = session == null ? 0 : session.parked();
        return stream == null ? 0 : stream.pipeline().size() + parked;
    }

    /** The broker throttles for that time: it does not count against the request timeout (F19). */
    public void extendTimeouts(long nanos) {
        assert actor.isCurrent() : actor;
        if (state == State.READY && nanos > 0) {
            stream().pipeline().exclude(Math.min(nanos, MAX_EXTENSION_NANOS), env.nanos());
        }
    }

    /** Ends it now: before this returns, every call is lost, and the owner is told. Without effect if it has ended. */
    public void close(String why) {
        assert actor.isCurrent() : actor;
        if (state != State.CLOSED) {
            finish(new ConnectionLoss(
                    Kind.CLOSED_BY_US, "the connection to " + describe() + " was closed: " + why, null));
        }
    }

    /** The peer, for messages, as {@code broker 1 at kafka1:9092 (10.0.0.1)}. */
    public String describe() {
        return diagnosis.where();
    }

    @Override
    public String toString() {
        return describe() + " " + state;
    }

    private CallStream stream() {
        return Objects.requireNonNull(stream, "no stream is open");
    }

    // Setup.

    private void beginSetupTime() {
        setupNanos = Backoff.delayNanos(
                env.random(), settings.setupTimeoutNanos(), settings.setupTimeoutMaxNanos(), setupFailures);
        setupTime.set(setupNanos);
    }

    private void onSetupTimeOver() {
        setupFailures++;
        if (state == State.DIALLING) {
            long timeout = setupNanos;
            beginSetupTime(); // for the addresses that are left; there may be none, which ends all
            dialer.onSetupTimeout(timeout);
            return;
        }
        State stuck = state;
        if (stream != null) {
            stream.readAll(); // the answer may be there, and it is we who were asleep (F18)
        }
        if (state == stuck) {
            failAddress(diagnosis.setupTimeout(stuck.stage, setupNanos));
        } else if (!setupTime.isSet() && isSettingUp()) {
            beginSetupTime(); // it goes on, and the next stage may hang, too
        }
    }

    private boolean isSettingUp() {
        return state != State.READY && state != State.CLOSED;
    }

    /** The address that is connected is no use; perhaps another one is. Who is refused does not try that password elsewhere (F97). */
    private void failAddress(ConnectionLoss loss) {
        if (loss.kind() == Kind.AUTHENTICATION) {
            finish(loss);
            return;
        }
        leaveStream(loss);
        state = State.DIALLING;
        beginSetupTime();
        dialer.proceed(loss);
    }

    private void leaveStream(ConnectionLoss loss) {
        var failed = stream;
        var below = secured;
        var identity = session;
        stream = null;
        secured = null;
        session = null;
        if (below != null && failed == null) {
            below.close();
        }
        if (failed != null) {
            failed.end(loss);
        }
        if (identity != null) {
            identity.end(loss);
        }
    }

    private void introduce(Transport transport) {
        state = State.HANDSHAKE;
        int maxReplyBytes = Math.min(Handshake.MAX_REPLY_BYTES, settings.maxReplyBytes());
        var opened = new CallStream(env, actor, transport, maxReplyBytes, diagnosis, new StreamEvents());
        stream = opened;
        var request = new ApiVersionsRequest(
                settings.softwareName(), settings.softwareVersion(), target.clusterId(), target.nodeId());
        new Handshake(request, settings.clientId(), opened, diagnosis, new HandshakeEvents()).start();
    }

    private void authenticate(Authenticator authenticator) {
        state = State.AUTHENTICATING;
        var terms = new SaslExchange.Terms(authenticator, settings.clientId(), target.host(), offered);
        var begun = new SaslSession(
                env, actor, stream(), terms, diagnosis, settings.requestTimeoutNanos(), new SessionEvents());
        session = begun;
        begun.begin();
    }

    private void becomeReady() {
        state = State.READY;
        dialer.settle();
        stream().trust(settings.maxReplyBytes());
        setupTime.cancel();
        deadline = new RequestDeadline(env, actor, settings, stream(), diagnosis, this::finish);
        owner.onReady(this);
    }

    private final class DialEvents implements Dialer.Listener {

        @Override
        public void onOpen(Transport transport, InetAddress address) {
            diagnosis = new Diagnosis(target, settings.protocol(), address);
            var tls = settings.tls();
            if (tls == null) {
                introduce(transport);
            } else {
                state = State.SECURING;
                secured = tls.secure(transport, actor, target.host(), target.port(), new SecurityEvents());
            }
        }

        @Override
        public void onReadable() {
            if (secured != null) {
                secured.onReadable();
            } else {
                stream().onReadable();
            }
        }

        @Override
        public void onWritable() {
            if (secured != null) {
                secured.onWritable();
            } else {
                stream().onWritable();
            }
        }

        @Override
        public void onExhausted(ConnectionLoss loss) {
            finish(loss);
        }
    }

    private final class SecurityEvents implements Transport.Handler {

        @Override
        public void onConnected() {
            introduce(Objects.requireNonNull(secured, "secured before it began"));
        }

        @Override
        public void onReadable() {
            stream().onReadable();
        }

        @Override
        public void onWritable() {
            stream().onWritable();
        }

        @Override
        public void onConnectFailed(IOException cause) {
            failAddress(diagnosis.notSecured(cause));
        }
    }

    private final class HandshakeEvents implements Handshake.Listener {

        @Override
        public void onVersions(Map<ApiKey, VersionRange> versions) {
            offered = versions;
            var authenticator = settings.authenticator();
            if (authenticator == null) {
                becomeReady();
            } else {
                authenticate(authenticator);
            }
        }

        @Override
        public void onRefused(ConnectionLoss loss) {
            failAddress(loss);
        }
    }

    private final class SessionEvents implements SaslSession.Listener {

        @Override
        public void onBegun() {
            becomeReady();
        }

        @Override
        public void onRenewed(Queue<Call> parked) {
            for (var call = parked.poll(); call != null; call = parked.poll()) {
                send(call);
            }
            if (state == State.READY && !writing()) {
                owner.onDrained(Connection.this);
            }
        }

        @Override
        public void onRefused(ConnectionLoss loss) {
            if (state == State.READY) {
                finish(loss);
            } else {
                failAddress(loss);
            }
        }
    }

    // In use.

    private final class StreamEvents implements CallStream.Listener {

        @Override
        public void onBroken(ConnectionLoss loss) {
            if (state == State.READY) {
                finish(loss);
            } else if (state != State.CLOSED) {
                failAddress(loss);
            }
        }

        @Override
        public void onDrained() {
            if (state == State.READY) {
                owner.onDrained(Connection.this);
            }
        }
    }

    private void finish(ConnectionLoss loss) {
        state = State.CLOSED;
        setupTime.cancel();
        if (deadline != null) {
            deadline.end();
        }
        dialer.stop();
        leaveStream(loss);
        owner.onClosed(this, loss);
    }
}
