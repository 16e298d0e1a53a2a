package dev.tubepost.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brokers, topics and leaders.
 *
 * @param throttleMillis how long the broker asks for silence
 * @param brokers the brokers there are
 * @param clusterId the cluster's id, cut and made printable, or null before version 2
 * @param controllerId the controller's node id, or -1
 * @param topics the topics that were asked for
 * @param errorCode the broker's number for the whole request, from version 13
 */
public record MetadataResponse(
        int throttleMillis,
        List<Broker> brokers,
        @Nullable String clusterId,
        int controllerId,
        List<Topic> topics,
        short errorCode) {

    private static final UUID NO_ID = new UUID(0, 0);

    /**
     * A broker, as it says of itself: the address may be senseless (F31).
     *
     * @param host cut and made printable
     * @param rack cut and made printable
     */
    public record Broker(
            int nodeId, String host, int port, @Nullable String rack) {}

    /**
     * A topic.
     *
     * @param name null only for a topic that was asked for by an id that does not exist
     */
    public record Topic(
            short errorCode, @Nullable String name, UUID topicId, boolean isInternal, List<Partition> partitions) {}

    public record Partition(
            short errorCode,
            int partitionIndex,
            int leaderId,
            int leaderEpoch,
            List<Integer> replicaNodes,
            List<Integer> isrNodes,
            List<Integer> offlineReplicas) {}

    /** Reads a response's body. */
    public static MetadataResponse read(WireReader body, int version) {
        WireReader reader = body.as(ApiKey.METADATA.isFlexible(version));
        int throttle = version >= 3 ? reader.int32() : 0;
        int brokerCount = reader.arrayLength("brokers", 10);
        List<Broker> brokers = WireReader.newList(brokerCount);
        for (int i = 0; i < brokerCount; i++) {
            brokers.add(broker(reader));
        }
        String clusterId = version >= 2 ? reader.text("cluster id") : null;
        int controllerId = reader.int32();
        int topicCount = reader.arrayLength("topics", 5);
        List<Topic> topics = WireReader.newList(topicCount);
        for (int i = 0; i < topicCount; i++) {
            topics.add(topic(reader, version));
        }
        if (version >= 8 && version <= 10) {
            reader.int32(); // the cluster's authorized operations
        }
        short error = version >= 13 ? reader.int16() : 0;
        reader.skipTags();
        return new MetadataResponse(throttle, brokers, clusterId, controllerId, topics, error);
    }

    private static Broker broker(WireReader reader) {
        int nodeId = reader.int32();
        String host = reader.textThere("host");
        int port = reader.int32();
        String rack = reader.text("rack");
        reader.skipTags();
        return new Broker(nodeId, host, port, rack);
    }

    private static Topic topic(WireReader reader, int version) {
        short error = reader.int16();
        String name = version >= 12 ? reader.nullableString("topic name") : reader.string("topic name");
        UUID topicId = version >= 10 ? reader.uuid() : NO_ID;
        boolean internal = reader.bool();
        int length = reader.arrayLength("partitions", 16);
        List<Partition> partitions = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            partitions.add(partition(reader, version));
        }
        if (version >= 8) {
            reader.int32(); // the topic's authorized operations
        }
        reader.skipTags();
        return new Topic(error, name, topicId, internal, partitions);
    }

    private static Partition partition(WireReader reader, int version) {
        short error = reader.int16();
        int index = reader.int32();
        int leader = reader.int32();
        int epoch = version >= 7 ? reader.int32() : -1;
        List<Integer> replicas = reader.int32Array("replicas");
        List<Integer> isr = reader.int32Array("in-sync replicas");
        List<Integer> offline = version >= 5 ? reader.int32Array("offline replicas") : List.of();
        reader.skipTags();
        return new Partition(error, index, leader, epoch, replicas, isr, offline);
    }
}
