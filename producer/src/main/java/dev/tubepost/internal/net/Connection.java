package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ApiVersionsRequest;
import dev.tubepost.protocol.VersionRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one broker or bootstrap server: found, opened, introduced, and then the calls on it, answered in the order in which they
 * were sent. <em>Confined to its actor.</em>
 *
 * <pre>
 *   DIALLING  ---- an address answered ---->  HANDSHAKE  ---- common versions ---->  READY
 *      |  ^                                    |     |                                 |
 *      |  +--- no use, another one is left ----+     |                                 |
 *      +---- no address is left -----+---------------+                                 |
 *                                    v                                                 |
 *                                 CLOSED  <---- closed, broken, silent, idle ----------+
 * </pre>
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
            @Nullable InetSocketAddress source) {}

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
        DIALLING,
        HANDSHAKE,
        READY,
        CLOSED
    }

    /** The most that one {@link #extendTimeouts} can add: the number comes from the broker. */
    private static final long MAX_EXTENSION_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Env env;
    private final Actor actor;
    private final Settings settings;
    private final Target target;
    private final Owner owner;
    private final Dialer dialer;

    private State state = State.DIALLING;
    private Diagnosis diagnosis;
    private Map<ApiKey, VersionRange> offered = Map.of();
    private int setupFailures;
    private long setupNanos;

    /** The open stream, in HANDSHAKE and READY. */
    private @Nullable CallStream stream;

    /** Until READY the setup timer, then the one for requests and idling. */
    private @Nullable Timer timer;

    /** When the timer fires. */
    private long timerNanos;

    private Connection(Env env, Actor actor, Settings settings, Target target, Owner owner, int failuresBefore) {
        this.env = env;
        this.actor = actor;
        this.settings = settings;
        this.target = target;
        this.owner = owner;
        setupFailures = failuresBefore;
        diagnosis = new Diagnosis(target, null);
        dialer = new Dialer(actor, target, settings.source(), new DialEvents());
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
        connection.armSetupTimer();
        connection.dialer.start(failuresBefore);
        return connection;
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
        stream().send(call);
        armNoLaterThan(settings.requestTimeoutNanos());
    }

    /** Whether bytes wait for the kernel. */
    public boolean writing() {
        return stream != null && stream.isWriting();
    }

    /** How many calls have no outcome yet. */
    public int inFlight() {
        return stream == null ? 0 : stream.pipeline().size();
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

    private void armSetupTimer() {
        setupNanos = Backoff.delayNanos(
                env.random(), settings.setupTimeoutNanos(), settings.setupTimeoutMaxNanos(), setupFailures);
        arm(setupNanos, this::onSetupTimer);
    }

    private void onSetupTimer() {
        timer = null;
        setupFailures++;
        if (state == State.HANDSHAKE) {
            stream().readAll(); // the answer may be there, and it is we who were asleep (F18)
            if (state == State.HANDSHAKE) {
                failAddress(diagnosis.setupTimeout("the ApiVersions handshake", setupNanos));
            }
        } else {
            long timeout = setupNanos;
            armSetupTimer(); // for the addresses that are left; there may be none, which ends all
            dialer.onSetupTimeout(timeout);
        }
    }

    /** The address that is connected is no use; perhaps another one is. */
    private void failAddress(ConnectionLoss loss) {
        var failed = stream();
        stream = null;
        state = State.DIALLING;
        failed.end(loss);
        armSetupTimer();
        dialer.proceed(loss);
    }

    private final class DialEvents implements Dialer.Listener {

        @Override
        public void onOpen(Transport transport, InetAddress address) {
            state = State.HANDSHAKE;
            diagnosis = new Diagnosis(target, address);
            int maxReplyBytes = Math.min(Handshake.MAX_REPLY_BYTES, settings.maxReplyBytes());
            var opened = new CallStream(env, actor, transport, maxReplyBytes, diagnosis, new StreamEvents());
            stream = opened;
            var request = new ApiVersionsRequest(
                    settings.softwareName(), settings.softwareVersion(), target.clusterId(), target.nodeId());
            new Handshake(request, settings.clientId(), opened, diagnosis, new HandshakeEvents()).start();
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
        public void onExhausted(ConnectionLoss loss) {
            finish(loss);
        }
    }

    private final class HandshakeEvents implements Handshake.Listener {

        @Override
        public void onVersions(Map<ApiKey, VersionRange> versions) {
            offered = versions;
            state = State.READY;
            dialer.settle();
            stream().maxReplyBytes(settings.maxReplyBytes());
            armForDeadline();
            owner.onReady(Connection.this);
        }

        @Override
        public void onRefused(ConnectionLoss loss) {
            failAddress(loss);
        }
    }

    // In use.

    private final class StreamEvents implements CallStream.Listener {

        @Override
        public void onBroken(ConnectionLoss loss) {
            if (state == State.HANDSHAKE) {
                failAddress(loss);
            } else if (state == State.READY) {
                finish(loss);
            }
        }

        @Override
        public void onDrained() {
            if (state == State.READY) {
                owner.onDrained(Connection.this);
            }
        }
    }

    /** The oldest request's time, or the idle time, may be over; or they ended later than when the timer was set. */
    private void onDeadline() {
        timer = null;
        if (nanosToDeadline() <= 0) {
            stream().readAll(); // the answer may be there, and it is we who were asleep (F18)
        }
        if (state != State.READY) {
            return;
        }
        if (nanosToDeadline() > 0) {
            armForDeadline();
            return;
        }
        var pipeline = stream().pipeline();
        var oldest = pipeline.oldest();
        if (oldest == null) {
            finish(new ConnectionLoss(Kind.IDLE, "the connection to " + describe() + " was idle", null));
        } else {
            long waited = pipeline.waitedNanos(oldest, env.nanos());
            finish(diagnosis.requestTimeout(oldest, waited, settings.requestTimeoutNanos(), pipeline.size()));
        }
    }

    private long nanosToDeadline() {
        var pipeline = stream().pipeline();
        var oldest = pipeline.oldest();
        long now = env.nanos();
        return oldest == null
                ? settings.idleNanos() - (now - stream().lastUsedNanos())
                : settings.requestTimeoutNanos() - pipeline.waitedNanos(oldest, now);
    }

    private void armForDeadline() {
        arm(nanosToDeadline(), this::onDeadline);
    }

    /** The timer is not moved for each request: it fires at most once per request timeout, and looks what the oldest one has left. */
    private void armNoLaterThan(long delayNanos) {
        if (state == State.READY && (timer == null || timerNanos - (env.nanos() + delayNanos) > 0)) {
            arm(delayNanos, this::onDeadline);
        }
    }

    private void arm(long delayNanos, Runnable task) {
        cancelTimer();
        long delay = Math.min(delayNanos, Long.MAX_VALUE / 2); // so that the sum stays comparable (F71)
        timerNanos = env.nanos() + delay;
        timer = actor.after(delay, task);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void finish(ConnectionLoss loss) {
        state = State.CLOSED;
        cancelTimer();
        dialer.stop();
        if (stream != null) {
            stream.end(loss);
        }
        owner.onClosed(this, loss);
    }
}
