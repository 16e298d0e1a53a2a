package dev.tubepost.internal.cluster;

import dev.tubepost.Partition;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link ClusterView} up to date: asks on an error, periodically, and for topics that are new, one request at a time. Its state
 * is <em>confined to its actor</em>; the methods without a remark may be called by any thread.
 *
 * <p>A request for new topics asks for these only. A topic without leaders, or that is being created, is asked for again with backoff. A
 * topic that stays unknown is refused after {@link #UNKNOWN_PATIENCE_NANOS}, so that a typing error does not wait for the delivery
 * timeout.
 */
public final class ClusterActor {

    /** How long a topic that no broker knows is asked for before it is refused: a broker creates a topic well within it. */
    static final long UNKNOWN_PATIENCE_NANOS = 10_000_000_000L;

    private static final Log LOG = Log.of("dev.tubepost.cluster");

    private final Env env;
    private final Actor actor;
    private final ClusterSettings settings;
    private final LeaderListeners listeners;
    private final Trouble trouble = new Trouble();
    private volatile ClusterView view = ClusterView.EMPTY;

    // ---- confined to the actor ----
    private final Bootstrap bootstrap;
    private final WantedTopics wanted;
    private final Awaited<ClusterView> updates;
    private final Awaited<List<Partition>> listings;
    private final Staleness staleness = new Staleness();
    private final Backoff connectBackoff;
    private final Backoff refusalBackoff;
    private final Backoff idBackoff;
    private final AccessRefusals accessRefusals;
    private final ProducerIds producerIds;
    private final Silence silence;
    private @Nullable Connection connection;
    private Connection.@Nullable Target target;
    private boolean ready;
    /** Whether the connection has told that it leads to our cluster: another one's producer ids belong to others here. */
    private boolean isOurs;

    private boolean asking;
    private boolean refreshDue;
    /** Whether {@link #refreshDue} has an error as its cause. */
    private boolean refreshForError;

    private boolean closed;
    /** While it is set nobody is dialled. */
    private final Alarm dialPause;
    /** While it is set no producer id is asked for. */
    private final Alarm idPause;

    private final Alarm period;

    public ClusterActor(Env env, ClusterSettings settings) {
        this.env = env;
        this.settings = settings;
        this.actor = env.actor("cluster");
        this.listeners = new LeaderListeners(env, actor);
        this.bootstrap = new Bootstrap(env, settings.bootstrap());
        this.connectBackoff =
                new Backoff(env.random(), settings.reconnectBackoffNanos(), settings.reconnectBackoffMaxNanos());
        this.refusalBackoff = new Backoff(env.random(), settings.retryBackoffNanos(), settings.retryBackoffMaxNanos());
        this.idBackoff = new Backoff(env.random(), settings.retryBackoffNanos(), settings.retryBackoffMaxNanos());
        this.accessRefusals = new AccessRefusals(Backoff.afterRefusals(
                env.random(), settings.reconnectBackoffNanos(), settings.reconnectBackoffMaxNanos()));
        Runnable proceed = this::proceed;
        this.wanted = new WantedTopics(env, actor, settings, listeners, proceed);
        this.producerIds = new ProducerIds(settings.clientId(), this::onProducerId);
        this.updates = new Awaited<>(actor, settings.requestTimeoutNanos(), trouble);
        this.listings = new Awaited<>(actor, settings.requestTimeoutNanos(), trouble);
        this.silence = new Silence(env, actor, proceed);
        this.dialPause = new Alarm(env, actor, proceed);
        this.idPause = new Alarm(env, actor, proceed);
        this.period = new Alarm(env, actor, this::onPeriod);
    }

    /** The newest view. Never blocks. */
    public ClusterView view() {
        return view;
    }

    /** The actor on which listeners are told. */
    public Actor actor() {
        return actor;
    }

    /** What went wrong last on the way to metadata, as a sentence for messages. */
    public String trouble() {
        return trouble.describe();
    }

    /** What keeps a topic's partitions from being known, as a sentence for messages: what a broker answered last, or {@link #trouble()}. */
    public String trouble(String topic) {
        ErrorCode error = lastError(topic);
        return error == ErrorCode.NONE ? trouble() : "the brokers answer " + error + " (" + error.code() + ") for it";
    }

    /** The error that a broker answered last when it was asked for the topic; NONE if it answered none, or nobody has answered. */
    public ErrorCode lastError(String topic) {
        return wanted.lastError(topic);
    }

    public void addListener(LeaderListener listener) {
        listeners.add(listener);
    }

    public void removeListener(LeaderListener listener) {
        listeners.remove(listener);
    }

    /** Dials, if there is no connection: whoever calls will need one, and can get ready meanwhile. */
    public void dial() {
        actor.post(() -> {
            if (!closed && connection == null && !dialPause.isSet()) {
                connect();
            }
        });
    }

    /** Begins to keep a topic up to date; listeners hear of it. */
    public void want(String topic) {
        actor.post(() -> {
            if (wanted.want(topic, view)) {
                proceed();
            } else {
                publish(view);
            }
        });
    }

    /** Asks again for a topic that was refused: it may be there now. On the actor. */
    public void askAgainIfRefused(String topic) {
        assert actor.isCurrent();
        if (wanted.askAgainIfRefused(topic)) {
            proceed();
        }
    }

    /** Asks again for everything that is wanted: something did not fit the view. */
    public void refresh() {
        actor.post(() -> {
            refreshDue = true;
            refreshForError = true;
            proceed();
        });
    }

    /**
     * What was learnt leads astray: an address belongs to another node or cluster now. Forgets it, and asks the bootstrap servers (KIP-1102,
     * KIP-1242).
     */
    public void rebootstrap() {
        actor.post(() -> {
            refreshDue = true;
            if (connection == null || bootstrap.isBeginningAnew()) { // many may say so, and one attempt is enough
                bootstrap.restart();
                proceed();
            } else {
                bootstrap.restart();
                connection.close("the bootstrap servers are to be asked again");
            }
        });
    }

    /** As {@link #refresh}, with the answer. */
    public CompletableFuture<ClusterView> update() {
        var update = new CompletableFuture<ClusterView>();
        actor.post(() -> {
            refreshDue |= !closed;
            await(updates, update);
        });
        return update;
    }

    /** All partitions of all topics, without internal ones, sorted by topic and id; asked for once. */
    public CompletableFuture<List<Partition>> listing() {
        var listing = new CompletableFuture<List<Partition>>();
        actor.post(() -> {
            await(listings, listing);
        });
        return listing;
    }

    private <T> void await(Awaited<T> answer, CompletableFuture<T> one) {
        if (closed) {
            one.completeExceptionally(new IllegalStateException("the cluster is closed"));
            return;
        }
        answer.add(one);
        proceed();
    }

    /**
     * Asks for a producer id, until there is one or it is refused.
     *
     * @param told run on the actor; never, if the cluster is closed before
     */
    public void wantProducerId(Consumer<ProducerIdAnswer> told) {
        actor.post(() -> {
            producerIds.want(told);
            proceed();
        });
    }

    /** Whoever asked for a producer id needs none any more: nobody is dialled for it. */
    public void abandonProducerId(Consumer<ProducerIdAnswer> told) {
        actor.post(() -> producerIds.abandon(told));
    }

    /** A reply named new leaders (KIP-951). Those whose epoch is newer than what is known are taken over, in one view (F46). */
    public void hints(List<LeaderHint> hints) {
        actor.post(() -> {
            ClusterView next = ViewUpdate.withLeaders(view, hints);
            if (next != view) {
                publish(next);
            }
        });
    }

    /**
     * Ends asking; futures fail.
     *
     * @param done run on the actor at the end
     */
    public void close(Runnable done) {
        actor.post(() -> {
            closed = true;
            var cause = new IllegalStateException("the cluster is closed");
            updates.fail(cause);
            listings.fail(cause);
            listeners.removeAll();
            if (connection != null) {
                connection.close("the cluster is closed");
            }
            actor.retire();
            done.run();
        });
    }

    // ---- asking ----

    private void proceed() {
        assert actor.isCurrent();
        boolean isIdDue = !idPause.isSet() && producerIds.isDue();
        if (closed || !(hasToAsk() || isIdDue)) {
            return;
        }
        if (connection == null) {
            if (!dialPause.isSet()) {
                connect();
            }
        } else if (ready && silence.isKept()) {
            askElsewhere(connection);
        } else if (ready) {
            Connection to = connection;
            if (isIdDue && (isOurs || view.clusterId() == null)) {
                producerIds.ask(to);
                isIdDue = false;
            }
            if (!asking && (hasToAsk() || isIdDue)) {
                ask(to);
            }
        }
    }

    /** Quotas are each broker's own: while one asks for a long silence, another is asked, if there is one. */
    private void askElsewhere(Connection throttled) {
        Connection.Target told = target;
        if (!asking && silence.isLong() && told != null && bootstrap.avoid(told, view)) {
            throttled.close("it throttles, and others may not");
        }
    }

    private void onProducerId(Connection from, boolean pause, int throttleMillis) {
        silence.keep(throttleMillis, from);
        if (!pause) {
            idBackoff.reset();
        } else if (!idPause.isSet()) {
            idPause.set(idBackoff.nextNanos());
        }
        proceed();
    }

    private boolean hasToAsk() {
        return refreshDue || !listings.isEmpty() || wanted.isAnyDue();
    }

    private void connect() {
        Connection.Target to = bootstrap.next(view);
        target = to;
        ready = false;
        isOurs = false;
        trouble.trying(to.host() + ":" + to.port());
        boolean begun = false;
        try {
            connection = Connection.open(env, actor, settings.connection(), to, new MetadataConnection());
            begun = true;
        } finally {
            if (!begun) { // no memory: nobody would tell of that connection's end (F76)
                dialAfter(connectBackoff.nextNanos());
            }
        }
    }

    private void ask(Connection to) {
        wanted.forgetUnused();
        int version = to.version(ApiKey.METADATA);
        if (version < 0) {
            to.close("it does not speak a version of Metadata that we do");
            return;
        }
        boolean all = !listings.isEmpty();
        Set<String> created = all ? Set.of() : wanted.neverSeen(view);
        Set<String> topics = all ? null : created.isEmpty() ? wanted.toAsk(view, refreshDue) : created;
        boolean full = refreshDue && !all && created.isEmpty();
        boolean forError = refreshForError && full;
        to.send(new MetadataCall(version, settings.clientId(), topics, !created.isEmpty(), (answer, loss) -> {
            asking = false;
            if (answer == null) {
                refreshDue |= full;
                refreshForError |= forError;
            } else {
                onAnswer(to, answer, topics, full, forError);
            }
        }));
        asking = true; // only now: nobody would end it, had it not been sent
        refreshDue &= !full;
        refreshForError &= !full;
    }

    private void onAnswer(
            Connection from, MetadataResponse answer, @Nullable Set<String> asked, boolean full, boolean forError) {
        trouble.tried();
        silence.keep(answer.throttleMillis(), from);
        ErrorCode error = ErrorCode.of(answer.errorCode());
        if (error != ErrorCode.NONE) {
            trouble.met(from.describe() + " refused a Metadata request: " + error);
            refreshDue |= full;
            if (error == ErrorCode.REBOOTSTRAP_REQUIRED) {
                bootstrap.restart();
            }
            from.close("it answered Metadata with " + error);
            return;
        }
        if (ViewUpdate.isOfAnotherCluster(view, answer.clusterId())) {
            refreshDue |= full;
            refuse(from, answer.clusterId());
            return;
        }
        trouble.metOurs();
        isOurs = true;
        refusalBackoff.reset();
        bootstrap.answered();
        if (asked == null) {
            listings.complete(ViewUpdate.listing(answer));
        } else {
            ClusterView next = ViewUpdate.merge(view, answer, from.describe(), wanted.names(), env.nanos());
            boolean again = wanted.judge(answer, asked, next);
            boolean isNew = ViewUpdate.isNews(view, next);
            publish(next);
            if (full) {
                updates.complete(next);
            }
            period.set(settings.metadataMaxAgeNanos());
            listenElsewhere(from, answer, isNew, forError, again);
        }
        proceed();
    }

    /**
     * Another cluster answers where ours did: nothing of it is believed, and nothing produced to it (F42, I18). Our own is looked for at the
     * bootstrap servers, for as long as somebody waits for it.
     */
    private void refuse(Connection from, @Nullable String clusterId) {
        String what = from.describe() + " belongs to cluster " + clusterId + ", and not to " + view.clusterId()
                + ", which it belonged to before: nothing is produced there";
        if (trouble.metForeign(what)) {
            LOG.warn("{}. To produce to the other cluster on purpose, make a new client", what);
        }
        bootstrap.restart();
        dialAfter(refusalBackoff.nextNanos()); // the connection was good, and so there would be no pause that grows
        from.close("it belongs to another cluster");
    }

    /**
     * A broker that is cut off from the controller answers with what was true before, for as long as it is asked (F34, F45): somebody else is
     * asked if this one is known to be behind, or has nothing to say to an error that does not pass.
     */
    private void listenElsewhere(
            Connection from, MetadataResponse answer, boolean isNew, boolean forError, boolean again) {
        boolean isEnough = staleness.isEnough(isNew, forError || again);
        boolean isBehind = ViewUpdate.isBehind(view, answer);
        Connection.Target told = target;
        if (!isBehind && !isEnough) {
            return;
        }
        staleness.moveOn();
        if (told != null && bootstrap.avoid(told, view)) {
            refreshDue |= forError && !isBehind; // topics are asked for again anyway, after a pause
            from.close(isBehind ? "it knows older leaders than were told before" : "it has nothing new to tell");
        }
    }

    private void dialAfter(long delayNanos) {
        if (!dialPause.isSet()) {
            dialPause.set(delayNanos);
        }
    }

    private void onPeriod() {
        refreshDue |= !wanted.names().isEmpty();
        proceed();
    }

    private void tellAccessRefused(ConnectionLoss loss) {
        LOG.warn("nobody lets this client in: {}", loss.message());
        var cause = MetadataFailures.accessRefused(null, loss);
        updates.fail(cause);
        listings.fail(cause);
        listeners.tellAccessRefused(loss);
    }

    private void publish(ClusterView next) {
        view = next;
        listeners.tell(next);
    }

    /** The connection on which metadata is asked for. */
    private final class MetadataConnection implements Connection.Owner {

        @Override
        public void onReady(Connection opened) {
            ready = true;
            connectBackoff.reset();
            accessRefusals.reset();
            proceed();
        }

        @Override
        public void onClosed(Connection lost, ConnectionLoss loss) {
            connection = null;
            ready = false;
            trouble.tried();
            silence.end();
            if (closed) {
                return;
            }
            if (loss.kind() == ConnectionLoss.Kind.IDLE) {
                proceed(); // perhaps something had to wait for the end of a silence
                return;
            }
            if (loss.kind() == ConnectionLoss.Kind.REBOOTSTRAP_REQUIRED) {
                refreshDue = true;
                bootstrap.restart();
            }
            trouble.met(loss.message());
            LOG.info("metadata: {}", loss.message());
            if (accessRefusals.isTime(loss, bootstrap.candidates(view))) {
                tellAccessRefused(loss);
            }
            if (hasToAsk() || producerIds.isDue()) {
                dialAfter(accessRefusals.pauseNanos(connectBackoff.nextNanos()));
            }
        }

        @Override
        public void onDrained(Connection drained) {}
    }
}
