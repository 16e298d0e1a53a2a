package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Changes and describes topics through Apache's admin client, and waits until what was asked for can be seen. */
final class TopicAdmin implements AutoCloseable {
    private final Admin admin;
    private final Duration timeout;

    /** Topics that exist although a broker may say that they do not: it has not heard of them yet. */
    private final Set<String> created = ConcurrentHashMap.newKeySet();

    TopicAdmin(String bootstrapServers, Duration timeout) {
        this.timeout = timeout;
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("default.api.timeout.ms", Math.toIntExact(timeout.toMillis()));
        config.put(
                "request.timeout.ms",
                Math.toIntExact(Math.min(5_000, timeout.toMillis()))); // a paused broker answers nothing
        config.put("reconnect.backoff.max.ms", 200);
        config.put("enable.metrics.push", "false");
        config.put("metric.reporters", "");
        admin = ContextLoader.with(() -> Admin.create(config));
    }

    Admin admin() {
        return admin;
    }

    void awaitBrokers(int count, Deadline deadline) {
        deadline.await(
                () -> brokers(deadline).size() >= count,
                () -> "the cluster of " + count + " brokers has only " + brokers(Deadline.in(timeout)));
    }

    private Collection<Node> brokers(Deadline deadline) {
        return get(admin.describeCluster().nodes(), deadline, "list the brokers");
    }

    void create(String topic, int partitions, int replicationFactor, Map<String, String> config) {
        var deadline = Deadline.in(timeout);
        var newTopic =
                new NewTopic(topic, Optional.of(partitions), Optional.of((short) replicationFactor)).configs(config);
        get(admin.createTopics(List.of(newTopic)).all(), deadline, "create topic " + topic);
        created.add(topic);
        awaitLeaders(topic, partitions, deadline);
    }

    void addPartitions(String topic, int total) {
        var deadline = Deadline.in(timeout);
        get(
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                        .all(),
                deadline,
                "raise topic " + topic + " to " + total + " partitions");
        awaitLeaders(topic, total, deadline);
    }

    void delete(String topic) {
        var deadline = Deadline.in(timeout);
        created.remove(topic);
        get(admin.deleteTopics(List.of(topic)).all(), deadline, "delete topic " + topic);
        deadline.await(() -> !names(deadline).contains(topic), () -> "topic " + topic + " is still listed");
    }

    Set<String> names() {
        return names(Deadline.in(timeout));
    }

    private Set<String> names(Deadline deadline) {
        return get(admin.listTopics().names(), deadline, "list the topics");
    }

    List<TopicPartition> partitions(String topic) {
        return partitions(topic, Deadline.in(timeout));
    }

    List<TopicPartition> partitions(String topic, Deadline deadline) {
        return describe(topic, deadline).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /**
     * Asks twice, since only the second answer is sure. A leader reads its high watermark, and a moment later compares it with where its epoch began, to
     * refuse an answer while it does not know better (KIP-207). If it learns better in between, what it has read goes out: of a leader that was just
     * elected, even 0 ({@code Partition.fetchOffsetForTimestamp}, Kafka 4.4).
     */
    SortedMap<Integer, Long> endOffsets(String topic) {
        var deadline = Deadline.in(timeout);
        var partitions = partitions(topic, deadline);
        listEndOffsets(topic, partitions, deadline);
        return listEndOffsets(topic, partitions, deadline);
    }

    private SortedMap<Integer, Long> listEndOffsets(String topic, List<TopicPartition> partitions, Deadline deadline) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var ends = known(
                topic,
                deadline,
                () -> get(admin.listOffsets(latest).all(), deadline, "list the end offsets of topic " + topic));
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        ends.forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
        return offsets;
    }

    int leader(String topic, int partition) {
        return leader(partition(topic, partition, Deadline.in(timeout)));
    }

    /** Makes a broker the leader: first a replica if it is none, then the preferred one, then the leader, and then known as that to all brokers. */
    void moveLeader(String topic, int partition, int broker) {
        var deadline = Deadline.in(timeout);
        var where = new TopicPartition(topic, partition);
        var now = partition(topic, partition, deadline);
        if (leader(now) == broker) {
            return;
        }
        reassign(where, replicasWith(broker, now), deadline);
        deadline.await(
                () -> isInSync(broker, partition(topic, partition, deadline)) && !isReassigning(where, deadline),
                () -> "broker " + broker + " has not caught up with " + where + ": "
                        + partition(topic, partition, Deadline.in(timeout)));
        elect(where, deadline);
        deadline.await(
                () -> leader(partition(topic, partition, deadline)) == broker,
                () -> "broker " + broker + " is not the leader of " + where + ": "
                        + partition(topic, partition, Deadline.in(timeout)));
        deadline.await(
                () -> brokers(deadline).stream().allMatch(each -> namesLeader(each, where, broker)),
                () -> "not all brokers have heard that " + broker + " is the leader of " + where);
    }

    /** Whether a broker has heard of it, or cannot be asked: then it misleads nobody. */
    private static boolean namesLeader(Node asked, TopicPartition where, int leader) {
        try {
            return OneBroker.partitions(asked, where.topic()).stream()
                    .anyMatch(each -> each.partitionIndex() == where.partition() && each.leaderId() == leader);
        } catch (IOException e) {
            return true;
        }
    }

    void awaitInSync(String topic) {
        var deadline = Deadline.in(timeout);
        deadline.await(
                () -> describe(topic, deadline).partitions().stream()
                        .allMatch(partition ->
                                partition.isr().size() == partition.replicas().size()),
                () -> "not all replicas of topic " + topic + " are in sync: "
                        + describe(topic, Deadline.in(timeout)).partitions());
    }

    private void reassign(TopicPartition where, List<Integer> replicas, Deadline deadline) {
        var target = Optional.of(new NewPartitionReassignment(replicas));
        get(
                admin.alterPartitionReassignments(Map.of(where, target)).all(),
                deadline,
                "reassign " + where + " to brokers " + replicas);
    }

    private boolean isReassigning(TopicPartition where, Deadline deadline) {
        return !get(
                        admin.listPartitionReassignments(Set.of(where)).reassignments(),
                        deadline,
                        "list the reassignment of " + where)
                .isEmpty();
    }

    private void elect(TopicPartition where, Deadline deadline) {
        try {
            deadline.await(
                    admin.electLeaders(ElectionType.PREFERRED, Set.of(where)).all(), "elect the leader of " + where);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ElectionNotNeededException)) { // the controller may have been faster
                throw failed("elect the preferred leader of " + where, e);
            }
        }
    }

    /** As many replicas as before: the broker first, and if it is new, instead of the last one. */
    private static List<Integer> replicasWith(int broker, TopicPartitionInfo partition) {
        var before = partition.replicas().stream().map(Node::id).toList();
        var others = before.stream().filter(id -> id != broker).limit(before.size() - 1L);
        return Stream.concat(Stream.of(broker), others).toList();
    }

    private static boolean isInSync(int broker, TopicPartitionInfo partition) {
        return partition.isr().stream().anyMatch(node -> node.id() == broker);
    }

    private static int leader(TopicPartitionInfo partition) {
        var leader = partition.leader();
        return leader == null || leader.isEmpty() ? EmbeddedKafka.NO_LEADER : leader.id();
    }

    private void awaitLeaders(String topic, int partitions, Deadline deadline) {
        deadline.await(
                () -> hasLeaders(topic, partitions, deadline),
                () -> "not all " + partitions + " partitions of topic " + topic + " have a leader");
        // A leader that is named may not have its log yet: ask each, until it answers.
        listEndOffsets(topic, partitions(topic, deadline), deadline);
    }

    private boolean hasLeaders(String topic, int partitions, Deadline deadline) {
        var described = describe(topic, deadline).partitions();
        return described.size() == partitions
                && described.stream().allMatch(partition -> leader(partition) != EmbeddedKafka.NO_LEADER);
    }

    private TopicPartitionInfo partition(String topic, int partition, Deadline deadline) {
        var partitions = describe(topic, deadline).partitions();
        if (partition < 0 || partition >= partitions.size()) {
            throw new IllegalArgumentException(
                    "Topic " + topic + " has " + partitions.size() + " partitions, none with number " + partition);
        }
        return partitions.get(partition);
    }

    private TopicDescription describe(String topic, Deadline deadline) {
        return known(topic, deadline, () -> {
            var all = get(admin.describeTopics(List.of(topic)).allTopicNames(), deadline, "describe topic " + topic);
            return Objects.requireNonNull(all.get(topic));
        });
    }

    /** Asks, which goes to any broker, until the one that was asked has heard of a topic that was created here. */
    private <T> T known(String topic, Deadline deadline, Supplier<T> question) {
        var answer = new AtomicReference<@Nullable T>();
        deadline.await(
                () -> {
                    answer.set(answer(topic, question));
                    return answer.get() != null;
                },
                () -> "no broker that was asked has heard of topic " + topic);
        return Objects.requireNonNull(answer.get());
    }

    private <T> @Nullable T answer(String topic, Supplier<T> question) {
        try {
            return question.get();
        } catch (EmbeddedKafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException && created.contains(topic)) {
                return null;
            }
            throw e;
        }
    }

    private static <T extends @Nullable Object> T get(KafkaFuture<T> future, Deadline deadline, String what) {
        try {
            return deadline.await(future, what);
        } catch (ExecutionException e) {
            throw failed(what, e);
        }
    }

    private static EmbeddedKafkaException failed(String what, ExecutionException e) {
        return new EmbeddedKafkaException("Could not " + what + ": " + e.getCause(), e.getCause());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
