package dev.tubepost.internal.client;

import dev.tubepost.Cluster;
import dev.tubepost.Partition;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.Topic;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the user holds of a cluster. <em>Immutable.</em> Nothing inside refers to it, nor to {@link UserSession} and {@link UserProducer}: so it
 * shows when the user has dropped it without a close, which is made up for then (F92). Topics, sessions and producers refer to it, so it
 * stays as long as one of them does.
 */
final class UserCluster implements Cluster {

    private final ClusterClient inside;
    private final Cleaner.Cleanable dropped;

    UserCluster(ClusterClient inside) {
        this.inside = inside;
        this.dropped = Dropped.watch(this, "a cluster", inside);
    }

    @Override
    public Topic topic(String name) {
        return new UserTopic(this, inside.topic(name));
    }

    @Override
    public ProducerSession session(ProducerOptions options) {
        return newSession(options);
    }

    UserSession newSession(ProducerOptions options) {
        return new UserSession(this, inside.newSession(options));
    }

    @Override
    public CompletableFuture<Void> update() {
        return inside.update();
    }

    @Override
    public CompletableFuture<List<Partition>> topics() {
        return inside.topics();
    }

    @Override
    public void close(Duration timeout) {
        try {
            inside.close(timeout);
        } finally {
            forgetIfClosed();
        }
    }

    @Override
    public void close() {
        try {
            inside.close();
        } finally {
            forgetIfClosed();
        }
    }

    private void forgetIfClosed() {
        if (inside.isClosed()) {
            dropped.clean();
        }
    }
}
