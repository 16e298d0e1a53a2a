package dev.tubepost.bench.server;

import dev.tubepost.protocol.WireReader;
import dev.tubepost.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers Produce 3-13, in one pass from the request to the answer. Of a batch only the record count is read, unless the server verifies.
 * <em>Thread-safe.</em>
 */
final class Produce {

    private static final int CORRUPT_MESSAGE = 2;
    private static final int UNKNOWN_TOPIC_OR_PARTITION = 3;
    private static final int UNKNOWN_TOPIC_ID = 100;
    private static final int FIRST_WITH_TOPIC_IDS = 13;

    private final ServedTopics topics;
    private final Totals totals;
    private final boolean verify;

    Produce(ServedTopics topics, Totals totals, boolean verify) {
        this.topics = topics;
        this.totals = totals;
        this.verify = verify;
    }

    /**
     * Reads the request and writes the answer.
     *
     * @param frame what the reader reads, to jump over batches
     * @return false if the request wants no answer
     */
    boolean answer(int version, ByteBuffer frame, WireReader request, WireWriter to) {
        totals.onRequest();
        request.nullableString("transactional id");
        int acks = request.int16();
        request.int32(); // timeout
        int topicCount = arrayLength(version, request);
        to.arrayLength(topicCount);
        for (int i = 0; i < topicCount; i++) {
            answerTopic(version, frame, request, to);
        }
        request.skipTags();
        to.int32(0); // throttle time
        to.noTags();
        return acks != 0;
    }

    private void answerTopic(int version, ByteBuffer frame, WireReader request, WireWriter to) {
        ServedTopic topic;
        if (version >= FIRST_WITH_TOPIC_IDS) {
            UUID id = request.uuid();
            topic = topics.byId(id);
            to.uuid(id);
        } else {
            String name = request.string("topic");
            topic = topics.byName(name);
            to.string(name);
        }
        int partitionCount = arrayLength(version, request);
        to.arrayLength(partitionCount);
        for (int i = 0; i < partitionCount; i++) {
            int partition = request.int32();
            int bytes = arrayLength(version, request);
            ByteBuffer batch = frame.slice(frame.position(), bytes);
            frame.position(frame.position() + bytes);
            request.skipTags();
            answerPartition(version, topic, partition, batch, to);
        }
        request.skipTags();
        to.noTags();
    }

    private void answerPartition(
            int version, @Nullable ServedTopic topic, int partition, ByteBuffer batch, WireWriter to) {
        int error = error(topic, partition, batch);
        long baseOffset = -1;
        if (error == 0 && topic != null) {
            int recordCount = BatchCheck.recordCount(batch);
            baseOffset = topic.append(partition, recordCount);
            totals.onBatch(recordCount, batch.limit());
        } else {
            totals.onRefused();
        }
        to.int32(partition);
        to.int16(error);
        to.int64(baseOffset);
        to.int64(-1); // log-append time
        if (version >= 5) {
            to.int64(0); // log start offset
        }
        if (version >= 8) {
            to.arrayLength(0); // record errors
            to.string(null);
        }
        to.noTags();
    }

    private int error(@Nullable ServedTopic topic, int partition, ByteBuffer batch) {
        if (topic == null) {
            return UNKNOWN_TOPIC_ID;
        }
        if (partition < 0 || partition >= topic.partitions()) {
            return UNKNOWN_TOPIC_OR_PARTITION;
        }
        return verify && !BatchCheck.isSound(batch) ? CORRUPT_MESSAGE : 0;
    }

    private static int arrayLength(int version, WireReader request) {
        return ServedApi.PRODUCE.isFlexible(version) ? request.uvarint() - 1 : request.int32();
    }
}
