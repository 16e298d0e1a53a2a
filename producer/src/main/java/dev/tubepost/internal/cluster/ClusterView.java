package dev.tubepost.internal.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as it was last told. <em>Immutable.</em>
 *
 * @param clusterId the cluster's id, or null before the first answer
 * @param toldBy the address that gave the answer, for messages
 * @param nodes the brokers by node id
 * @param topics the topics that are in use, by name
 */
public record ClusterView(
        @Nullable String clusterId, String toldBy, Map<Integer, Node> nodes, Map<String, TopicView> topics) {

    static final ClusterView EMPTY = new ClusterView(null, "nobody", Map.of(), Map.of());

    public ClusterView {
        nodes = Map.copyOf(nodes);
        topics = Map.copyOf(topics);
    }

    /** The broker with that id, or null. */
    public @Nullable Node node(int id) {
        return nodes.get(id);
    }

    /** The topic of that name, or null if it is not known. */
    public @Nullable TopicView topic(String name) {
        return topics.get(name);
    }
}
