package dev.tubepost.internal.client;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Partition;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.Topic;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.EventLoops;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client of a cluster: wires the environment, the metadata and the sessions together. <em>Thread-safe.</em> */
public final class ClusterClient implements Cluster {

    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Env env;
    private final ClusterOptions options;
    private final ClusterActor metadata;
    private final BufferPool pool = new BufferPool();
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ClusterClient(ClusterOptions options, Env env) {
        this.options = options;
        this.env = env;
        this.metadata = new ClusterActor(env, Settings.cluster(options));
    }

    /** A client on event loops of its own. */
    public static Cluster connect(ClusterOptions options) {
        return connect(options, new EventLoops(Settings.eventLoops(options)));
    }

    /** A client in another environment: the simulation's. The client closes it. */
    public static Cluster connect(ClusterOptions options, Env env) {
        return new ClusterClient(options, env);
    }

    @Override
    public Topic topic(String name) {
        if (!TOPIC_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("'" + name + "' is not a topic's name: that is 1 to 249 letters, digits,"
                    + " '.', '_' and '-', and neither '.' nor '..'");
        }
        return new ClientTopic(this, name);
    }

    @Override
    public ProducerSession session(ProducerOptions producerOptions) {
        return newSession(producerOptions);
    }

    ClientSession newSession(ProducerOptions producerOptions) {
        if (closed) {
            throw new IllegalStateException("the cluster is closed");
        }
        var session = new ClientSession(env, metadata, options, pool, producerOptions, sessions::remove);
        sessions.add(session);
        return session;
    }

    CompletableFuture<List<Partition>> partitions(String topic) {
        return PartitionsLookup.of(metadata, topic, CallerWait.nanos(options.requestTimeout()));
    }

    @Override
    public CompletableFuture<Void> update() {
        return metadata.update();
    }

    @Override
    public CompletableFuture<List<Partition>> topics() {
        return metadata.listing();
    }

    @Override
    public void close() {
        closeWithin(null);
    }

    @Override
    public void close(Duration timeout) {
        closeWithin(timeout);
    }

    private void closeWithin(@Nullable Duration timeout) {
        if (closed) {
            return;
        }
        sessions.forEach(session -> session.refuseInReport("close"));
        closed = true;
        UndeliveredException first = null;
        for (ClientSession session : sessions) {
            try {
                session.close(timeout == null ? session.options().pendingTimeout() : timeout);
            } catch (UndeliveredException e) {
                first = first == null ? e : first;
            }
        }
        metadata.close();
        env.close();
        if (first != null) {
            throw first;
        }
    }
}
