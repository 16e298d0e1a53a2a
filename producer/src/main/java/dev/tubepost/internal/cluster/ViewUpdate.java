package dev.tubepost.internal.cluster;

import dev.tubepost.Partition;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.MetadataResponse;
import dev.tubepost.protocol.PeerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a view follows from the one before and an answer. Pure. Per partition the newer leader epoch wins, unless the topic's id has changed:
 * answers may come from a broker that lags behind (F34, F45), and a topic that was created again begins anew (F40). Brokers before 2.8 give
 * topics no ids, also where others of the cluster do; when one of two answers has none, what every answer says for {@link #DOUBT_NANOS} is
 * believed, or a topic that was created again would be lost for ever.
 */
final class ViewUpdate {

    /** No broker lags behind for so long, and if one does, the next that is asked mends it. */
    static final long DOUBT_NANOS = 10_000_000_000L;

    private ViewUpdate() {}

    /** Takes an answer over; topics that are not wanted are dropped, topics with an error keep what was known. */
    static ClusterView merge(
            ClusterView old, MetadataResponse answer, String toldBy, Set<String> wanted, long nowNanos) {
        Map<String, TopicView> topics = new HashMap<>();
        for (TopicView topic : old.topics().values()) {
            if (wanted.contains(topic.name())) {
                topics.put(topic.name(), topic);
            }
        }
        for (MetadataResponse.Topic topic : answer.topics()) {
            String name = topic.name();
            if (name != null && wanted.contains(name) && isUsable(topic)) {
                topics.put(name, topicView(old.topic(name), name, topic, nowNanos));
            }
        }
        Map<Integer, Node> nodes = nodes(answer);
        return new ClusterView(
                answer.clusterId() == null ? old.clusterId() : answer.clusterId(),
                toldBy,
                nodes.isEmpty() ? old.nodes() : nodes,
                topics);
    }

    /** Whether the answer that has led to the view names an older leader than the view does, of the same topic. */
    static boolean isBehind(ClusterView now, MetadataResponse answer) {
        for (MetadataResponse.Topic topic : answer.topics()) {
            String name = topic.name();
            TopicView known = name == null ? null : now.topic(name);
            if (known != null && isUsable(topic) && known.isDoubted()) {
                return true;
            }
        }
        return false;
    }

    /** Whether an answer is of a cluster that is known not to be ours. */
    static boolean isOfAnotherCluster(ClusterView known, @Nullable String clusterId) {
        return known.clusterId() != null && !known.clusterId().equals(clusterId);
    }

    /** Whether leaders, partitions or addresses are others than before. */
    static boolean isNews(ClusterView before, ClusterView now) {
        return !before.nodes().equals(now.nodes())
                || !before.topics().keySet().equals(now.topics().keySet())
                || now.topics().values().stream().anyMatch(topic -> isNews(before.topic(topic.name()), topic));
    }

    private static boolean isNews(@Nullable TopicView before, TopicView now) {
        return before == null
                || !before.id().equals(now.id())
                || !before.leaderEpochs().equals(now.leaderEpochs())
                || !before.partitions().equals(now.partitions());
    }

    private static boolean isUsable(MetadataResponse.Topic topic) {
        ErrorCode error = ErrorCode.of(topic.errorCode());
        return (error == ErrorCode.NONE || error == ErrorCode.LEADER_NOT_AVAILABLE)
                && !topic.partitions().isEmpty();
    }

    /** A broker with a senseless address is left out; the rest counts (F31). */
    private static Map<Integer, Node> nodes(MetadataResponse answer) {
        Map<Integer, Node> nodes = new HashMap<>();
        for (MetadataResponse.Broker broker : answer.brokers()) {
            if (Node.isSensible(broker.nodeId(), broker.host(), broker.port())) {
                nodes.putIfAbsent(broker.nodeId(), new Node(broker.nodeId(), broker.host(), broker.port()));
            }
        }
        return nodes;
    }

    private static TopicView topicView(
            @Nullable TopicView old, String name, MetadataResponse.Topic topic, long nowNanos) {
        boolean hasNoId = old == null
                || old.id().equals(TopicView.NO_ID)
                || topic.topicId().equals(TopicView.NO_ID);
        TopicView known = old != null && (hasNoId || old.id().equals(topic.topicId())) ? old : null;
        if (known == null || !isOlder(topic, known)) {
            return topicView(known, name, topic);
        }
        long since = known.isDoubted() ? known.doubtedNanos() : nowNanos;
        if (hasNoId && nowNanos - since >= DOUBT_NANOS) {
            return topicView(null, name, topic);
        }
        return topicView(known, name, topic).doubtedSince(since);
    }

    private static TopicView topicView(@Nullable TopicView known, String name, MetadataResponse.Topic topic) {
        var partitions = new ArrayList<Partition>();
        var epochs = new ArrayList<Integer>();
        for (MetadataResponse.Partition partition : withoutGaps(topic)) {
            int id = partitions.size();
            TopicView newer = known != null && isOlder(partition, known) ? known : null;
            partitions.add(
                    newer != null
                            ? newer.partitions().get(id)
                            : new Partition(
                                    name, id, partition.leaderId(), partition.replicaNodes(), partition.isrNodes()));
            epochs.add(newer != null ? newer.leaderEpochs().get(id) : Integer.valueOf(partition.leaderEpoch()));
        }
        if (known != null && isShorter(topic, known)) {
            int told = partitions.size();
            int all = known.partitions().size();
            partitions.addAll(known.partitions().subList(told, all));
            epochs.addAll(known.leaderEpochs().subList(told, all));
        }
        return new TopicView(name, topic.topicId(), partitions, epochs, TopicView.NOT_DOUBTED);
    }

    /** A topic's partitions become more, and never fewer, unless it is created again, with another id (F36, F37). */
    private static boolean isShorter(MetadataResponse.Topic told, TopicView known) {
        return !known.id().equals(TopicView.NO_ID)
                && withoutGaps(told).size() < known.partitions().size();
    }

    /** Sorted, up to the first index that is missing. */
    private static List<MetadataResponse.Partition> withoutGaps(MetadataResponse.Topic topic) {
        var sorted = new ArrayList<>(topic.partitions());
        sorted.sort((one, other) -> Integer.compare(one.partitionIndex(), other.partitionIndex()));
        int count = 0;
        while (count < sorted.size() && sorted.get(count).partitionIndex() == count) {
            count++;
        }
        return sorted.subList(0, count);
    }

    private static boolean isOlder(MetadataResponse.Topic told, TopicView known) {
        return isShorter(told, known) || told.partitions().stream().anyMatch(partition -> isOlder(partition, known));
    }

    private static boolean isOlder(MetadataResponse.Partition told, TopicView known) {
        return told.leaderEpoch() >= 0 && told.leaderEpoch() < known.leaderEpoch(told.partitionIndex());
    }

    /**
     * Takes new leaders over, of which the epochs are newer; gives the same view if there are none. What was produced to a topic of another id
     * says nothing about this one: its epochs may be far ahead of those of a topic that was created again (F40).
     */
    static ClusterView withLeaders(ClusterView old, List<LeaderHint> hints) {
        Map<Integer, Node> nodes = new HashMap<>(old.nodes());
        Map<String, List<LeaderHint>> newer = new LinkedHashMap<>();
        for (LeaderHint hint : hints) {
            if (hint.isNewTo(old)) {
                newer.computeIfAbsent(hint.topic(), name -> new ArrayList<>()).add(hint);
                if (hint.node() != null) {
                    nodes.put(hint.leader(), hint.node());
                }
            }
        }
        if (newer.isEmpty()) {
            return old;
        }
        Map<String, TopicView> topics = new HashMap<>(old.topics());
        newer.forEach((name, of) -> topics.computeIfPresent(name, (key, topic) -> withLeaders(topic, of)));
        return new ClusterView(old.clusterId(), old.toldBy(), nodes, topics);
    }

    private static TopicView withLeaders(TopicView topic, List<LeaderHint> hints) {
        var partitions = new ArrayList<>(topic.partitions());
        var epochs = new ArrayList<>(topic.leaderEpochs());
        for (LeaderHint hint : hints) {
            if (hint.leaderEpoch() > epochs.get(hint.partition())) {
                Partition was = partitions.get(hint.partition());
                partitions.set(
                        hint.partition(),
                        new Partition(topic.name(), hint.partition(), hint.leader(), was.replicas(), was.isr()));
                epochs.set(hint.partition(), hint.leaderEpoch());
            }
        }
        return new TopicView(topic.name(), topic.id(), partitions, epochs, TopicView.NOT_DOUBTED);
    }

    /** All partitions of an answer, without internal topics, sorted. */
    static List<Partition> listing(MetadataResponse answer) {
        var all = new ArrayList<Partition>();
        for (MetadataResponse.Topic topic : answer.topics()) {
            String name = topic.name();
            if (name != null && !topic.isInternal()) {
                String shown = PeerText.of(name); // for people, and nobody has asked for it by its name
                for (MetadataResponse.Partition partition : topic.partitions()) {
                    all.add(new Partition(
                            shown,
                            partition.partitionIndex(),
                            partition.leaderId(),
                            partition.replicaNodes(),
                            partition.isrNodes()));
                }
            }
        }
        all.sort(Comparator.comparing(Partition::topic).thenComparingInt(Partition::id));
        return all;
    }
}
