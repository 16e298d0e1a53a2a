package dev.tubepost.internal.client;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.Partition;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.broker.Advice;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.LeaderListener;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits for a topic's partitions to be known. <em>Confined to the cluster actor.</em> */
final class PartitionsLookup implements LeaderListener {

    private final ClusterActor cluster;
    private final String topic;
    private final CompletableFuture<List<Partition>> answer = new CompletableFuture<>();

    private PartitionsLookup(ClusterActor cluster, String topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    /**
     * @param timeoutNanos when to give up
     */
    static CompletableFuture<List<Partition>> of(ClusterActor cluster, String topic, long timeoutNanos) {
        var lookup = new PartitionsLookup(cluster, topic);
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
    public void onTopicRefused(String refused, ErrorCode error) {
        if (refused.equals(topic)) {
            fail("topic " + topic + " was refused: " + error + ". " + Advice.on(error), error);
        }
    }

    @Override
    public void onAccessRefused(ConnectionLoss loss) {
        cluster.removeListener(this);
        String text = "the partitions of topic " + topic + " cannot be asked for: " + loss.message();
        answer.completeExceptionally(new AuthenticationFailedException(text, details(ErrorCode.NONE), loss.cause()));
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
        fail("the partitions of topic " + topic + " were not known in time: " + cluster.trouble(), ErrorCode.NONE);
    }

    private void fail(String text, ErrorCode error) {
        cluster.removeListener(this);
        answer.completeExceptionally(new MessageRejectedException(text, details(error), null));
    }

    private DeliveryException.Details details(ErrorCode error) {
        return new DeliveryException.Details(
                topic, -1, null, 0, Duration.ZERO, TimeSpent.NONE, error.code(), error.name(), false, true);
    }
}
