package dev.tubepost.internal.broker;

import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.MetadataResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a worker to its broker: opened when there is something to send, opened again with backoff when it is lost, moved when
 * the broker has another address. <em>Confined to the worker's actor.</em>
 *
 * <pre>
 *   DOWN ---- need ----> OPENING ---- onReady ----> CHECKING ---- ours ----> UP
 *    ^  ^                   |    \--- a broker that checks by itself ---------^
 *    |  \---- onClosed -----/                           |                     |
 *    \------------------- onClosed --------------------/---------------------/
 * </pre>
 *
 * <p>What a broker before 4.4 does not check (KIP-1242) is asked on each connection: the address may be another cluster's by now, with a topic of the
 * same name (F42, I18).
 */
final class BrokerLink implements Connection.Owner {

    private static final Log LOG = Log.of("dev.tubepost.broker");

    /** Who uses the link. */
    interface User {
        /** Requests can be written now. */
        void onLinkWritable();

        /** The connection is lost; all its calls were told. */
        void onLinkLost(ConnectionLoss loss);

        /** The broker does not let us in, or cannot prove who it is, and that more than once in a row. All calls were told. */
        void onRefused(ConnectionLoss loss);

        /** Another cluster is where the broker was. */
        void onAnotherCluster();
    }

    private enum State {
        DOWN,
        OPENING,
        CHECKING,
        UP
    }

    /** After so many replies in a row that it does not lead what the metadata says it leads, somebody else may be at the other end. */
    private static final int MAX_DISOWNED = 5;

    /** The longest silence that is kept, whatever the broker asks for: up to 24 days fit the field. As long as timeouts are extended by. */
    private static final long MAX_THROTTLE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Env env;
    private final Actor actor;
    private final Connection.Settings settings;
    private final Backoff backoff;
    private final Backoff refusedBackoff;
    private final User user;
    private final Alarm retry;

    private State state = State.DOWN;
    private Node node;
    private @Nullable String clusterId;
    private String learnedFrom;
    /** Whether the open connection is to be left as soon as nothing is in flight. */
    private boolean leaving;

    private String leavingFor = "";
    private int disowned;
    /** How often in a row we were not let in. */
    private int refusals;

    private @Nullable Connection connection;
    private boolean closed;
    private long downSinceNanos;
    private long throttleFromNanos;
    private long throttleUntilNanos;
    /** What went wrong last, or null if nothing has. */
    private @Nullable String trouble;

    /** @param refusedBackoff between attempts once we were refused more than once, so that no account is locked for the number of its failures (F97) */
    BrokerLink(
            Env env,
            Actor actor,
            Connection.Settings settings,
            Backoff backoff,
            Backoff refusedBackoff,
            Node node,
            User user) {
        this.env = env;
        this.actor = actor;
        this.settings = settings;
        this.backoff = backoff;
        this.refusedBackoff = refusedBackoff;
        this.node = node;
        this.learnedFrom = "";
        this.user = user;
        this.retry = new Alarm(env, actor, user::onLinkWritable);
        this.downSinceNanos = env.nanos();
        this.throttleFromNanos = downSinceNanos;
        this.throttleUntilNanos = downSinceNanos;
    }

    /** Where the broker is now; an open connection to an old address is used until nothing is in flight, and then replaced (F41). */
    void setNode(Node now, @Nullable String cluster, String from) {
        clusterId = cluster;
        learnedFrom = from;
        if (now.equals(node)) {
            return;
        }
        node = now;
        if (state == State.DOWN) {
            retry.cancel();
            backoff.reset();
            user.onLinkWritable(); // who waited for the old address to answer has nothing else to wake it
        } else {
            leave("the broker has another address now");
        }
    }

    /**
     * A reply came: the connection can be left if it was the last.
     *
     * @param isDisowned whether the broker leads nothing of what it was sent. If it says nothing else, its name may have led to another broker when the
     *     connection was made, as after addresses were given anew, and only a broker of 4.4 checks that (KIP-1242): the name is looked up again.
     */
    void onReplied(boolean isDisowned) {
        disowned = isDisowned ? disowned + 1 : 0;
        if (disowned == MAX_DISOWNED && state == State.UP) {
            LOG.warn(
                    "{}: {} replies in a row say that it does not lead what the metadata says it leads: connecting anew",
                    node,
                    disowned);
            leave("the broker leads nothing of what the metadata says it leads; another one may be there");
        }
        leaveIfQuiet();
    }

    /** Sends nothing more on the connection, and closes it when nothing is in flight; the next need opens another. */
    void leave(String why) {
        leaving = true;
        leavingFor = why;
        leaveIfQuiet();
    }

    private void leaveIfQuiet() {
        Connection open = connection;
        if (leaving && open != null && (state != State.UP || open.inFlight() == 0)) {
            open.close(leavingFor);
        }
    }

    /** There is something to send: connects, unless that is under way or its time has not come. */
    void need() {
        if (state == State.DOWN && !retry.isSet() && !closed) {
            leaving = false;
            var target = new Connection.Target(node.host(), node.port(), node.id(), clusterId, learnedFrom);
            connection = Connection.open(env, actor, settings, target, this, backoff.failures());
            state = State.OPENING; // if nothing was thrown; the connection tells nothing before this returns
        }
    }

    /** The connection, if a request can be written to it now. */
    @Nullable
    Connection writable() {
        Connection open = connection;
        boolean usable = state == State.UP && !leaving && open != null && !open.writing();
        return usable && !isThrottled() ? open : null;
    }

    /** Whether there is a connection, or one is being made: what becomes of it is told. */
    boolean isOpenOrOpening() {
        return state != State.DOWN;
    }

    /** The connection that is up, or null. */
    @Nullable
    Connection connection() {
        return state == State.UP ? connection : null;
    }

    /** The broker asks for silence (KIP-219). */
    void throttle(long asked) {
        long nanos = Math.min(asked, MAX_THROTTLE_NANOS);
        long now = env.nanos();
        if (!isThrottled()) {
            throttleFromNanos = now;
        }
        if (now + nanos - throttleUntilNanos > 0) {
            throttleUntilNanos = now + nanos;
            if (connection != null) {
                connection.extendTimeouts(nanos);
            }
            actor.after(nanos, user::onLinkWritable);
        }
    }

    private boolean isThrottled() {
        return env.nanos() - throttleUntilNanos < 0;
    }

    /** How long of the time since then the broker asked for silence. */
    long throttledSince(long sinceNanos) {
        long now = env.nanos();
        long end = isThrottled() ? now : throttleUntilNanos;
        long begin = sinceNanos - throttleFromNanos > 0 ? sinceNanos : throttleFromNanos;
        return Math.max(0, end - begin);
    }

    /** How long of the time since then there was no connection, up to now. */
    long downSince(long sinceNanos) {
        if (state == State.UP) {
            return 0;
        }
        long begin = sinceNanos - downSinceNanos > 0 ? sinceNanos : downSinceNanos;
        return Math.max(0, env.nanos() - begin);
    }

    /** What went wrong last, as a sentence; if nothing has, how the connection is. */
    String trouble() {
        if (trouble != null) {
            return trouble;
        }
        return switch (state) {
            case DOWN -> "no connection was needed yet";
            case OPENING, CHECKING -> "the connection is being made";
            case UP -> "the connection is up";
        };
    }

    void setTrouble(String what) {
        trouble = what;
    }

    Node node() {
        return node;
    }

    /** Closes the connection, if there is one; the next need opens another, with backoff. */
    void giveUp(String why) {
        if (connection != null) {
            connection.close(why);
        }
    }

    void close(String why) {
        closed = true;
        retry.cancel();
        if (connection != null) {
            connection.close(why);
        }
    }

    @Override
    public void onReady(Connection opened) {
        String cluster = clusterId;
        boolean hasCompared = opened.version(ApiKey.API_VERSIONS) >= ClusterCheck.FIRST_WITHOUT;
        if (!hasCompared && !leaving && cluster != null) {
            state = State.CHECKING;
            opened.send(new ClusterCheck(
                    opened.version(ApiKey.METADATA), settings.clientId(), told -> onChecked(opened, cluster, told)));
        } else {
            begin();
        }
    }

    private void onChecked(Connection opened, String expected, MetadataResponse told) {
        if (opened != connection || state != State.CHECKING) {
            return;
        }
        if (told.throttleMillis() > 0) {
            throttle(TimeUnit.MILLISECONDS.toNanos(told.throttleMillis()));
        }
        if (told.errorCode() != ErrorCode.NONE.code()) {
            opened.close("it answered Metadata with " + ErrorCode.of(told.errorCode()));
        } else if (!expected.equals(told.clusterId())) { // also one that tells none: ours does (KIP-78)
            opened.close("it belongs to cluster " + told.clusterId() + " now, and not to " + expected
                    + ": nothing is produced there");
            user.onAnotherCluster();
        } else {
            begin();
        }
    }

    private void begin() {
        state = State.UP;
        disowned = 0;
        refusals = 0;
        backoff.reset();
        refusedBackoff.reset();
        if (leaving) {
            leaveIfQuiet();
        } else {
            user.onLinkWritable();
        }
    }

    /** The kernel has all: with acks 0 no reply is to come, and the connection can be left. */
    @Override
    public void onDrained(Connection drained) {
        leaveIfQuiet();
        user.onLinkWritable();
    }

    @Override
    public void onClosed(Connection lost, ConnectionLoss loss) {
        if (state == State.UP) {
            downSinceNanos = env.nanos();
        }
        state = State.DOWN;
        connection = null;
        boolean expected = closed || leaving || loss.kind() == ConnectionLoss.Kind.IDLE;
        if (!expected) {
            trouble = loss.message();
            LOG.warn("{}: {}", node, loss.message());
            refusals = loss.isRefusal() ? refusals + 1 : 0;
            retry.set(refusals > 1 ? refusedBackoff.nextNanos() : backoff.nextNanos());
        }
        if (!closed) {
            user.onLinkLost(loss);
        }
        if (!expected && refusals > 1) { // once may be a password that the broker has not heard of yet
            user.onRefused(loss);
        }
    }
}
