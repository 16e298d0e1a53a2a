package dev.tubepost.internal.client;

import dev.tubepost.MetadataException;
import dev.tubepost.Partition;
import dev.tubepost.internal.broker.Advice;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.LeaderListener;
import dev.tubepost.internal.cluster.MetadataFailures;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits for a topic's partitions to be known. <em>Confined to the cluster actor.</em> */
final class PartitionsLookup implements LeaderListener {

    private final ClusterActor cluster;
    private final String topic;
    private final long timeoutNanos;
    private final CompletableFuture<List<Partition>> answer = new CompletableFuture<>();

    private PartitionsLookup(ClusterActor cluster, String topic, long timeoutNanos) {
        this.cluster = cluster;
        this.topic = topic;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Begins to wait.
     *
     * @param timeoutNanos when to give up
     * @return fails with a {@link MetadataException}
     */
    static CompletableFuture<List<Partition>> of(ClusterActor cluster, String topic, long timeoutNanos) {
        var lookup = new PartitionsLookup(cluster, topic, timeoutNanos);
        cluster.addListener(lookup);
        cluster.want(topic);
        cluster.actor().post(() -> cluster.actor().after(timeoutNanos, lookup::expire));
        return lookup.answer;
    }

    @Override
    public void onView(ClusterView view) {
        TopicView known = view.topic(topic);
        if (known != null) {
            cluster.removeListener(this);
            answer.complete(known.partitions());
        }
    }

    @Override
    public void onTopicRefused(String refused, ErrorCode error, String by) {
        if (refused.equals(topic)) {
            fail(MetadataFailures.topicRefused(topic, error, by, Advice.on(error)));
        }
    }

    @Override
    public void onAccessRefused(ConnectionLoss loss) {
        fail(MetadataFailures.accessRefused(topic, loss));
    }

    @Override
    public boolean uses(String name) {
        return name.equals(topic);
    }

    /** Also when the cluster closes: without effect, if there is an answer. */
    @Override
    public void onRemoved() {
        answer.completeExceptionally(new IllegalStateException("the cluster is closed"));
    }

    private void expire() {
        fail(MetadataFailures.timeout(topic, timeoutNanos, cluster.lastError(topic), cluster.trouble(topic)));
    }

    private void fail(MetadataException cause) {
        cluster.removeListener(this);
        answer.completeExceptionally(cause);
    }
}
