package dev.tubepost.internal.client;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.StopResult;
import dev.tubepost.Topic;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Compressors;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.broker.Advice;
import dev.tubepost.internal.broker.BrokerWorker;
import dev.tubepost.internal.broker.LocalIdentity;
import dev.tubepost.internal.broker.QueueOwner;
import dev.tubepost.internal.broker.SessionContext;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.report.Reporter;
import dev.tubepost.internal.report.Tally;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One session: its queues, its memory bound, its workers. <em>Thread-safe.</em>
 *
 * <pre>
 *   RUNNING ---- stop ----> STOPPED ---- start ----> RUNNING
 *      \------------------- close -----------------> CLOSED
 * </pre>
 */
final class ClientSession implements ProducerSession, SessionRouter.Owner, Dropped.Inside {

    private static final Log LOG = Log.of("dev.tubepost.session");

    /** The longest that a stop waits for the reports of what it had to fail. */
    static final long ABORT_NANOS = 1_000_000_000L;

    private final ClusterActor cluster;
    private final ProducerOptions options;
    private final SessionContext context;
    private final FlushLedger ledger = new FlushLedger();
    private final SessionRouter router;
    private final Appender appender;
    private final BacklogKeeper backlogs;
    private final BacklogWatch backlogWatch;
    private final Reporter reporter;
    private final MemoryBound memory;
    private final Consumer<ClientSession> onEnded;

    /** Whoever stops, starts or closes the session goes through; callers of produce do not. */
    private final Turnstile turnstile;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What is to look once more, among the reports, before these end. */
    private final Set<Runnable> lastLooks = ConcurrentHashMap.newKeySet();

    /** When everything that a stop had to fail has failed. Written by whoever has the turn. */
    private CompletableFuture<Void> aborted = CompletableFuture.completedFuture(null);

    private volatile boolean stopped;
    private volatile boolean closed;

    ClientSession(
            Env env,
            ClusterActor cluster,
            ClusterOptions clusterOptions,
            Connection.Settings connection,
            BufferPool pool,
            ProducerOptions options,
            Consumer<ClientSession> onEnded) {
        this.cluster = cluster;
        this.options = options;
        this.onEnded = onEnded;
        this.turnstile = new Turnstile(env);
        this.memory = new MemoryBound(options.bufferMemory(), this::onMemoryFreed);
        this.reporter = new Reporter(env.reports("session"), options.reportExecutor(), options.deliveryListener());
        var limits = new QueueLimits(
                options.batchBytes(),
                CallerWait.nanos(options.linger()),
                CallerWait.nanos(options.deliveryTimeout()),
                options.compression().type() == dev.tubepost.Compression.Type.NONE ? 1 : 2);
        this.context = new SessionContext(
                env,
                cluster,
                connection,
                Settings.produce(clusterOptions, options),
                limits,
                pool,
                reporter,
                options.idempotent() ? new LocalIdentity(cluster) : null,
                Compressors.of(options.compression()),
                options.bufferMemory());
        this.appender = new Appender(env, pool, this::hurry, reporter::isReporting);
        // Without linger everything is sent at once anyway, and nobody needs to count exactly.
        int hurryMessages = options.linger().isZero() ? Integer.MAX_VALUE : options.effectiveMinQueuedMessages();
        var shares = new SessionShares(memory, options.maxQueuedMessages(), hurryMessages, ledger);
        this.router = new SessionRouter(context, shares, this);
        this.backlogs = new BacklogKeeper(context, appender, router.unassigned());
        this.backlogWatch = new BacklogWatch(cluster, router, backlogs);
        cluster.addListener(router);
        if (context.identity() != null) {
            context.identity().prefetch();
        }
    }

    private void onMemoryFreed() {
        if (router != null) { // not while this is being made
            router.onMemoryFreed();
        }
    }

    // ---- for producers ----

    ProducerOptions options() {
        return options;
    }

    SessionContext context() {
        return context;
    }

    Appender appender() {
        return appender;
    }

    FlushLedger ledger() {
        return ledger;
    }

    Reporter reporter() {
        return reporter;
    }

    SessionRouter router() {
        return router;
    }

    BacklogKeeper backlogs() {
        return backlogs;
    }

    BacklogWatch backlogWatch() {
        return backlogWatch;
    }

    MemoryBound memory() {
        return memory;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Whether nothing is accepted: after a stop, until a start, and after a close. */
    boolean isStopped() {
        return stopped;
    }

    @Override
    public long pendingMessages() {
        return router.pendingMessages();
    }

    /** The way into a topic, asked for from now on. */
    TopicRoute want(String topic) {
        TopicRoute route = router.route(topic);
        cluster.want(topic);
        return route;
    }

    @Override
    public void onTopicKnown(TopicRoute route) {
        backlogs.empty(route);
    }

    @Override
    public void onTopicRefused(TopicRoute route, ErrorCode error, String by) {
        String why = by + " refused the topic: " + error + " (" + error.code() + ")";
        var refusal = new Refusal(error, why, Advice.on(error), false);
        backlogs.refuse(route, refusal);
        forEachQueue(route, queue -> queue.owner().refuse(queue, refusal));
    }

    /** Nobody lets us in: what waits for a broker that we are not connected to has no use in waiting (F97). */
    @Override
    public void onAccessRefused(ConnectionLoss loss) {
        for (TopicRoute route : router.routes()) {
            backlogs.refuse(route, loss);
        }
        router.forEachOwner(owner -> owner.accessRefused(loss));
    }

    /** Runs a task on the cluster actor after a pause. */
    void pause(long nanos, Runnable task) {
        cluster.actor().post(() -> cluster.actor().after(nanos, task));
    }

    /**
     * Has a task run among the reports when the session ends, as the last of those that wait for room.
     *
     * @return false if it has ended: nothing runs among the reports any more
     */
    boolean lookAtEnd(Runnable task) {
        lastLooks.add(task);
        return !closed;
    }

    /** The task has nothing to look for any more. */
    void doNotLook(Runnable task) {
        lastLooks.remove(task);
    }

    // ---- the user's side ----

    @Override
    public <K, V> Producer<K, V> producer(Topic topic, Serializer<? super K, ? super V> serializer) {
        return newProducer(topic.name(), serializer, false);
    }

    @Override
    public Producer<byte[], byte[]> producer(Topic topic) {
        return producer(topic, Serializers.bytes());
    }

    /**
     * @param owns whether the producer's stop is the session's
     */
    <K, V> ClientProducer<K, V> newProducer(String topic, Serializer<? super K, ? super V> serializer, boolean owns) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        Objects.requireNonNull(serializer, "a producer needs a serializer");
        return new ClientProducer<>(this, want(topic), serializer, owns);
    }

    @Override
    public boolean flush(Duration timeout) {
        refuseInReport("flush");
        return CallerWait.await(context.env(), flushAsync(), CallerWait.allowed(timeout), "for a flush");
    }

    /** Sends everything at once; completed when all that was accepted before has its report. */
    CompletableFuture<Void> flushAsync() {
        CompletableFuture<Void> flushed = ledger.flush();
        hurry();
        return flushed;
    }

    /** Sends what there is, whatever linger says. */
    void hurry() {
        router.forEachOwner(QueueOwner::hurry);
    }

    void refuseInReport(String call) {
        if (reporter.isReporting()) {
            throw new IllegalStateException(
                    call + " inside a callback or listener would wait for itself: call it on" + " another thread");
        }
    }

    @Override
    public StopResult stop(Duration timeout) {
        refuseInReport("stop");
        long nanos = CallerWait.allowed(timeout);
        long begin = context.env().nanos();
        Turnstile.Turn turn = turnstile.enter(nanos, "for another stop");
        try {
            return stopNow(turn, CallerWait.left(context.env(), nanos, begin), abortNanos(nanos, begin), "stopped");
        } finally {
            turnstile.leave(turn);
        }
    }

    /**
     * How long a stop may wait yet for the reports of what it had to fail: what went before, in another stop or session, is counted, and a moment is
     * left in any case.
     */
    long abortNanos(long nanos, long beginNanos) {
        long left = nanos < 0 ? ABORT_NANOS : CallerWait.left(context.env(), nanos, beginNanos + ABORT_NANOS);
        return Math.max(ABORT_NANOS / 10, Math.min(ABORT_NANOS, left));
    }

    /**
     * @param nanos how long what there is may take; negative for ever
     * @param abortNanos how long to wait then for the reports of what is left
     * @param done what is being done to the producer
     */
    private StopResult stopNow(Turnstile.Turn turn, long nanos, long abortNanos, String done) {
        Tally tally = reporter.tally();
        Tally.Counts before = tally.counts();
        stopped = true;
        router.setGate(Gate.DRAINING);
        CompletableFuture<Void> flushed = flushAsync();
        CutOff why = CutOff.timeOver("the producer was " + done);
        try {
            CallerWait.await(context.env(), turn.orCutOff(flushed), nanos, "for a stop");
        } catch (ProducerInterruptedException e) {
            why = CutOff.interrupted("the producer was " + done);
            throw e;
        } finally {
            router.setGate(Gate.SHUT);
            if (!flushed.isDone()) {
                aborted = abort(router.routes(), why);
                awaitReported(CompletableFuture.allOf(aborted, flushed), abortNanos);
            }
        }
        return tally.since(before);
    }

    @Override
    public void start() {
        Turnstile.Turn turn = turnstile.enterWhenFree("for a stop to end");
        try {
            if (closed) {
                throw new IllegalStateException("closed, for good: make another");
            }
            // What a stop has to fail and could not yet, for it is being compressed, must not take new messages along.
            CallerWait.await(context.env(), aborted, -1, "for what a stop has to fail");
            router.setGate(Gate.OPEN);
            stopped = false;
        } finally {
            turnstile.leave(turn);
        }
    }

    /** One producer of several starts; the others' session stays as it is. */
    void checkStarted() {
        if (stopped) {
            throw new IllegalStateException(
                    closed
                            ? "the session is closed, for good: make another"
                            : "the session is stopped, with all of its producers: start the session");
        }
    }

    /** Fails what is left of these topics; completed when everything has failed, and is reported or about to be. */
    private CompletableFuture<Void> abort(Collection<TopicRoute> routes, CutOff why) {
        var failed = new ArrayList<CompletableFuture<Void>>();
        for (TopicRoute route : routes) {
            backlogs.cutOff(route, why);
            forEachQueue(route, queue -> {
                var done = new CompletableFuture<Void>();
                failed.add(done);
                queue.owner().abort(queue, why, () -> done.complete(null));
            });
        }
        return CompletableFuture.allOf(failed.toArray(CompletableFuture[]::new));
    }

    private static void forEachQueue(TopicRoute route, Consumer<PartitionQueue> action) {
        TopicRoute.Routes known = route.known();
        if (known != null) {
            for (PartitionQueue queue : known.queues()) {
                action.accept(queue);
            }
        }
    }

    /** Waits until what was aborted is reported: workers never block, but a callback of the user may. */
    private void awaitReported(CompletableFuture<Void> reported, long nanos) {
        if (!CallerWait.await(context.env(), reported, nanos, "for a stop")) {
            LOG.warn("a callback or listener takes long: the reports of a stop go on after it");
        }
    }

    /** Stops one producer of several: waits, then fails what is left for its topic. */
    StopResult stopTopic(TopicRoute route, Duration timeout) {
        Tally tally = reporter.tally();
        Tally.Counts before = tally.counts();
        CompletableFuture<Void> flushed = flushAsync();
        CutOff why = CutOff.timeOver("its producer was stopped");
        try {
            CallerWait.await(context.env(), flushed, CallerWait.allowed(timeout), "for a stop");
        } catch (ProducerInterruptedException e) {
            why = CutOff.interrupted("its producer was stopped");
            throw e;
        } finally {
            if (!flushed.isDone()) {
                awaitReported(abort(List.of(route), why), ABORT_NANOS);
            }
        }
        return tally.since(before);
    }

    @Override
    public void close() {
        close(CallerWait.nanos(options.pendingTimeout()), context.env().nanos());
    }

    /**
     * Stops, for good.
     *
     * @param nanos how long what there is may take; negative for ever
     * @param begin since when
     */
    void close(long nanos, long begin) {
        refuseInReport("close");
        Turnstile.Turn turn = turnstile.enter(CallerWait.left(context.env(), nanos, begin), "for another stop");
        try {
            if (closed) {
                return;
            }
            try {
                stopNow(turn, CallerWait.left(context.env(), nanos, begin), abortNanos(nanos, begin), "closed");
            } finally {
                end();
            }
        } finally {
            turnstile.leave(turn);
        }
        Tally tally = reporter.tally();
        if (tally.notWritten() + tally.maybeWritten() > 0) {
            throw new UndeliveredException(tally.notWritten(), tally.maybeWritten(), tally.firstFailure());
        }
    }

    private void end() {
        closed = true;
        cluster.removeListener(router);
        router.reclaimAll();
        var unused = aborted.whenComplete((done, failure) -> endWorkers());
    }

    /** Only when the last message has its outcome: a compression that takes long may keep a batch longer than a close waits. */
    private void endWorkers() {
        cluster.actor().post(() -> router.forEachWorker(BrokerWorker::close));
        context.closeCompressor();
        lastLooks.forEach(reporter::run);
        reporter.close();
        onEnded.accept(this);
        ended.complete(null);
    }

    /** Completed when a close has ended everything. */
    CompletableFuture<Void> ended() {
        return ended;
    }
}
