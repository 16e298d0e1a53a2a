package dev.tubepost.internal.cluster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reply to a Produce request says about who leads a partition (KIP-951). <em>Immutable.</em>
 *
 * @param topic the topic's name
 * @param topicId the id of the topic that was produced to, or {@link TopicView#NO_ID}
 * @param partition the partition
 * @param leader the leader's node id
 * @param leaderEpoch since which epoch
 * @param node where the leader is, or null if the reply did not say
 */
public record LeaderHint(
        String topic,
        UUID topicId,
        int partition,
        int leader,
        int leaderEpoch,
        @Nullable Node node) {

    /** Whether it says more than the view knows: of that topic, of a later epoch, and where the leader is. */
    public boolean isNewTo(ClusterView view) {
        TopicView known = view.topic(topic);
        return known != null
                && known.id().equals(topicId)
                && partition < known.partitions().size()
                && leaderEpoch > known.leaderEpoch(partition)
                && (node != null || view.node(leader) != null);
    }
}
