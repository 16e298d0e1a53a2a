package dev.tubepost.testkit.broker;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/** What a broker believes of the cluster, which may be old. <em>Static, without state.</em> */
final class MetadataAnswer {

    /** How long a topic that is new has no leaders. */
    private static final long ELECTION_NANOS = 50_000_000;

    private static final int FIRST_VERSION_WITH_ERROR = 13;

    private MetadataAnswer() {}

    static MetadataResponseData to(MetadataRequestData request, short version, ModelBroker broker) {
        ModelCluster cluster = broker.cluster();
        if (version >= FIRST_VERSION_WITH_ERROR && broker.takeRebootstrap()) {
            return new MetadataResponseData().setErrorCode(Errors.REBOOTSTRAP_REQUIRED.code());
        }
        long known = cluster.events().now() - broker.lagNanos();
        var answer = new MetadataResponseData()
                .setThrottleTimeMs(broker.throttleMillis())
                .setControllerId(cluster.brokers().get(0).id())
                .setClusterId(cluster.id());
        for (ModelBroker each : cluster.brokers()) {
            if (!each.isRetired()) {
                answer.brokers()
                        .add(new MetadataResponseBroker()
                                .setNodeId(each.id())
                                .setHost(each.host())
                                .setPort(ModelCluster.PORT));
            }
        }
        for (String name : asked(request, cluster)) {
            if (cluster.createsTopics() && request.allowAutoTopicCreation() && cluster.topic(name) == null) {
                cluster.addTopic(name, 1, 0);
            }
            MetadataResponseTopic told = topic(name, version, cluster, known);
            cluster.onTold(told);
            answer.topics().add(told);
        }
        return answer;
    }

    private static List<String> asked(MetadataRequestData request, ModelCluster cluster) {
        if (request.topics() == null) {
            return cluster.topics().stream().map(ModelTopic::name).toList();
        }
        return request.topics().stream()
                .map(MetadataRequestData.MetadataRequestTopic::name)
                .toList();
    }

    private static MetadataResponseTopic topic(String name, short version, ModelCluster cluster, long known) {
        var answer = new MetadataResponseTopic().setName(name);
        ModelTopic topic = cluster.topic(name);
        if (topic == null || known < topic.knownFromNanos()) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        if (topic.knownFromNanos() > 0 && known < topic.knownFromNanos() + ELECTION_NANOS) {
            return answer.setErrorCode(Errors.LEADER_NOT_AVAILABLE.code());
        }
        var partitions = new ArrayList<MetadataResponsePartition>();
        for (ModelPartition partition : topic.partitions()) {
            partitions.add(partition(partition, known));
        }
        return answer.setTopicId(version >= 10 ? topic.id() : Uuid.ZERO_UUID).setPartitions(partitions);
    }

    private static MetadataResponsePartition partition(ModelPartition partition, long known) {
        ModelPartition.Leadership then = partition.at(known);
        Errors error = then.leader() < 0 ? Errors.LEADER_NOT_AVAILABLE : Errors.NONE;
        List<Integer> replicas = List.of(Math.max(0, then.leader()));
        return new MetadataResponsePartition()
                .setErrorCode(error.code())
                .setPartitionIndex(partition.index())
                .setLeaderId(then.leader())
                .setLeaderEpoch(then.epoch())
                .setReplicaNodes(replicas)
                .setIsrNodes(replicas);
    }
}
