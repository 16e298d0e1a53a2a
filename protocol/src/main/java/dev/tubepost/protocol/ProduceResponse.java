package dev.tubepost.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the batches of a Produce request.
 *
 * @param topics by topic
 * @param throttleMillis how long the broker asks for silence (KIP-219)
 * @param nodeEndpoints where the leaders are that are named, from version 10 (KIP-951)
 */
public record ProduceResponse(List<Topic> topics, int throttleMillis, List<NodeEndpoint> nodeEndpoints) {

    private static final UUID NO_ID = new UUID(0, 0);

    /**
     * A topic.
     *
     * @param name the topic's name, up to version 12, else empty
     * @param id the topic's id, from version 13, else zero
     */
    public record Topic(String name, UUID id, List<Partition> partitions) {}

    /**
     * What became of one partition's batch.
     *
     * @param baseOffset the first record's offset, or -1
     * @param logAppendTimeMillis the broker's timestamp, or -1 if the records kept theirs
     * @param logStartOffset the log's first offset, or -1
     * @param recordErrors the records that the batch was refused for, from version 8 (KIP-467)
     * @param errorMessage the broker's text, made printable, or null
     * @param leaderId the current leader, or -1 if the reply does not say (KIP-951)
     * @param leaderEpoch its epoch, or -1
     */
    public record Partition(
            int index,
            short errorCode,
            long baseOffset,
            long logAppendTimeMillis,
            long logStartOffset,
            List<RecordError> recordErrors,
            @Nullable String errorMessage,
            int leaderId,
            int leaderEpoch) {}

    /**
     * A record that a batch was refused for.
     *
     * @param batchIndex the record's index in the batch
     * @param message the broker's text, made printable, or null
     */
    public record RecordError(int batchIndex, @Nullable String message) {}

    /**
     * A leader's address, as a broker says: it may be senseless (F31).
     *
     * @param host cut and made printable
     * @param rack cut and made printable
     */
    public record NodeEndpoint(
            int nodeId, String host, int port, @Nullable String rack) {}

    /** Whether it says the same error of every partition, and of at least one. */
    public boolean isAll(ErrorCode error) {
        for (Topic topic : topics) {
            for (Partition partition : topic.partitions()) {
                if (partition.errorCode() != error.code()) {
                    return false;
                }
            }
        }
        return !topics.isEmpty();
    }

    /** Reads a response's body. */
    public static ProduceResponse read(WireReader body, int version) {
        WireReader reader = body.as(ApiKey.PRODUCE.isFlexible(version));
        int length = reader.arrayLength("topics", 5);
        List<Topic> topics = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            topics.add(topic(reader, version));
        }
        int throttle = reader.int32();
        List<NodeEndpoint> endpoints = List.of();
        for (int left = reader.tagCount(); left > 0; left--) {
            int tag = reader.uvarint();
            WireReader content = reader.tagContent();
            if (tag == 0 && version >= 10) {
                endpoints = endpoints(content);
            }
        }
        return new ProduceResponse(topics, throttle, endpoints);
    }

    private static Topic topic(WireReader reader, int version) {
        String name = version >= 13 ? "" : reader.string("topic name");
        UUID id = version >= 13 ? reader.uuid() : NO_ID;
        int length = reader.arrayLength("partitions", 22);
        List<Partition> partitions = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            partitions.add(partition(reader, version));
        }
        reader.skipTags();
        return new Topic(name, id, partitions);
    }

    private static Partition partition(WireReader reader, int version) {
        int index = reader.int32();
        short error = reader.int16();
        long baseOffset = reader.int64();
        long appendTime = reader.int64();
        long startOffset = version >= 5 ? reader.int64() : -1;
        List<RecordError> errors = version >= 8 ? recordErrors(reader) : List.of();
        String message = version >= 8 ? reader.text("error message") : null;
        int leaderId = -1;
        int leaderEpoch = -1;
        for (int left = reader.tagCount(); left > 0; left--) {
            int tag = reader.uvarint();
            WireReader content = reader.tagContent();
            if (tag == 0 && version >= 10) {
                leaderId = content.int32();
                leaderEpoch = content.int32();
            }
        }
        return new Partition(index, error, baseOffset, appendTime, startOffset, errors, message, leaderId, leaderEpoch);
    }

    private static List<RecordError> recordErrors(WireReader reader) {
        int length = reader.arrayLength("record errors", 5);
        List<RecordError> errors = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            errors.add(new RecordError(reader.int32(), reader.text("record error")));
            reader.skipTags();
        }
        return errors;
    }

    private static List<NodeEndpoint> endpoints(WireReader reader) {
        int length = reader.arrayLength("node endpoints", 8);
        List<NodeEndpoint> endpoints = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            endpoints.add(
                    new NodeEndpoint(reader.int32(), reader.textThere("host"), reader.int32(), reader.text("rack")));
            reader.skipTags();
        }
        return endpoints;
    }
}
