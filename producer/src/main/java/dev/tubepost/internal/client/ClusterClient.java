package dev.tubepost.internal.client;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Partition;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.Topic;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.LeaderListener;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of a cluster: wires the environment, the metadata and the sessions together. <em>Thread-safe.</em> */
public final class ClusterClient implements Cluster, Dropped.Inside {

    private final Env env;
    private final ClusterOptions options;
    private final Connection.Settings connection;
    private final ClusterActor metadata;
    private final BufferPool pool = new BufferPool();
    private final Mailbox reports;
    /**
     * Until everything of them has ended, which may be after their close. In the order in which they were made, so that closing them is the same in
     * every run of a simulation.
     */
    private final List<ClientSession> sessions = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    private ClusterClient(ClusterOptions options, Env env) {
        this.options = options;
        this.env = env;
        this.connection = Settings.connection(options, Security.tls(options), Security.authenticator(options, env));
        this.reports = env.reports("cluster");
        this.metadata = new ClusterActor(env, Settings.cluster(options, connection));
    }

    /** A client on event loops of its own; it is closed when nobody refers to it any more. */
    public static Cluster connect(ClusterOptions options) {
        return new UserCluster(connect(options, new EventLoops(Settings.eventLoops(options))));
    }

    /** A client in another environment: the simulation's. The client closes it. */
    public static ClusterClient connect(ClusterOptions options, Env env) {
        return new ClusterClient(options, env);
    }

    @Override
    public Topic topic(String name) {
        return new ClientTopic(this, Topic.checkedName(name));
    }

    @Override
    public ProducerSession session(ProducerOptions producerOptions) {
        return newSession(producerOptions);
    }

    ClientSession newSession(ProducerOptions producerOptions) {
        checkOpen();
        metadata.dial(); // the session is made meanwhile, which takes as long in a cold JVM
        var session = new ClientSession(env, metadata, options, connection, pool, producerOptions, sessions::remove);
        sessions.add(session);
        if (closed) { // closed just now: whoever closes the sessions may have come too early for this one
            session.close(0, env.nanos());
            checkOpen();
        }
        return session;
    }

    CompletableFuture<List<Partition>> partitions(String topic) {
        checkOpen();
        return offLoop(PartitionsLookup.of(metadata, topic, CallerWait.nanos(options.requestTimeout())));
    }

    @Override
    public CompletableFuture<Void> update() {
        checkOpen();
        return offLoop(metadata.update()).thenRun(() -> {});
    }

    @Override
    public CompletableFuture<List<Partition>> topics() {
        checkOpen();
        return offLoop(metadata.listing());
    }

    /**
     * The same, completed off the event loop: what the user hangs on it may take its time. If the client was closed in between, nobody may have heard of
     * the question, and nobody be left to bring the answer.
     */
    private <T> CompletableFuture<T> offLoop(CompletableFuture<T> answer) {
        CompletableFuture<T> told = answer.whenCompleteAsync((result, failure) -> {}, reports::post);
        if (closed) {
            told.completeExceptionally(new IllegalStateException("the cluster is closed"));
        }
        return told;
    }

    /** The bytes of all buffers in use, of all sessions; 0 once everything has its outcome and the cluster is closed. */
    public long bufferBytesInUse() {
        return pool.usedBytes();
    }

    /** From now on tells of each view of the cluster. */
    public void watchLeaders(LeaderWatch watch) {
        metadata.addListener(new LeaderListener() {
            @Override
            public void onView(ClusterView view) {
                view.topics().values().forEach(topic -> tell(watch, topic));
            }

            @Override
            public void onTopicRefused(String topic, ErrorCode error, String by) {}

            @Override
            public boolean uses(String topic) {
                return false;
            }
        });
    }

    private static void tell(LeaderWatch watch, TopicView topic) {
        for (int partition = 0; partition < topic.partitions().size(); partition++) {
            watch.onLeader(
                    topic.id().toString(),
                    topic.name(),
                    partition,
                    topic.leaderEpochs().get(partition));
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Of all sessions. */
    @Override
    public long pendingMessages() {
        return sessions.stream().mapToLong(ClientSession::pendingMessages).sum();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cluster is closed");
        }
    }

    @Override
    public void close() {
        closeWithin(null);
    }

    @Override
    public void close(Duration timeout) {
        closeWithin(timeout);
    }

    /** All sessions have the same time: each is told to send before the first is waited for, and what callbacks take in one is missing in the next. */
    private void closeWithin(@Nullable Duration timeout) {
        sessions.forEach(session -> session.refuseInReport("close"));
        closed = true; // first: a session that is not among these yet finds it, and closes itself
        List<ClientSession> open = List.copyOf(sessions);
        open.forEach(ClientSession::hurry);
        long begin = env.nanos();
        var failures = new CloseFailures();
        for (ClientSession session : open) {
            long most = CallerWait.allowed(timeout == null ? session.options().pendingTimeout() : timeout);
            try {
                session.close(most, begin);
            } catch (RuntimeException e) { // the others are closed all the same
                failures.add(e);
            }
        }
        var unused = CompletableFuture.allOf(
                        open.stream().map(ClientSession::ended).toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> metadata.close(env::close));
        failures.throwIfAny();
    }
}
