package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Record batches for partitions. The batches stay where they are: the frame is a row of buffers for one gathering write, small ones with
 * what stands between the batches, which are all cut from one, and the batches' own.
 *
 * @param transactionalId null outside transactions
 * @param acks 0, 1, or -1
 * @param timeoutMillis the broker's time to collect acknowledgements
 * @param topics in the order in which they go out
 */
public record ProduceRequest(@Nullable String transactionalId, short acks, int timeoutMillis, List<Topic> topics) {

    /**
     * A topic.
     *
     * @param name the topic's name, for versions up to 12
     * @param id the topic's id, for versions from 13 (KIP-516)
     */
    public record Topic(String name, UUID id, List<Partition> partitions) {}

    /**
     * One partition's record batch.
     *
     * @param index the partition
     * @param records the record batch's bytes, in order
     * @param recordsBytes how many they are
     */
    @SuppressWarnings("ArrayRecordComponent") // buffers for one gathering write, never compared
    public record Partition(int index, ByteBuffer[] records, int recordsBytes) {}

    /** The request's whole frame; the batches' buffers are part of it, and their positions move when it is written. */
    public ByteBuffer[] frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.PRODUCE.isFlexible(version));
        RequestHeader.write(writer, ApiKey.PRODUCE, version, clientId);
        writer.string(transactionalId);
        writer.int16(acks);
        writer.int32(timeoutMillis);
        writer.arrayLength(topics.size());
        int[] ends = new int[partitionCount()];
        int at = 0;
        for (Topic topic : topics) {
            if (version >= 13) {
                writer.uuid(topic.id());
            } else {
                writer.string(topic.name());
            }
            writer.arrayLength(topic.partitions().size());
            for (Partition partition : topic.partitions()) {
                writer.int32(partition.index());
                writer.bytesLength(partition.recordsBytes());
                ends[at++] = writer.size();
                writer.noTags();
            }
            writer.noTags();
        }
        writer.noTags();
        return interleave(writer.finish(), ends);
    }

    private int partitionCount() {
        int count = 0;
        for (Topic topic : topics) {
            count += topic.partitions().size();
        }
        return count;
    }

    /** Cuts the written part where batches belong, and puts these between. */
    private ByteBuffer[] interleave(ByteBuffer written, int[] ends) {
        List<ByteBuffer> frame = new ArrayList<>(ends.length * 3 + 1);
        int size = written.remaining() - 4;
        int from = 0;
        int at = 0;
        for (Topic topic : topics) {
            for (Partition partition : topic.partitions()) {
                frame.add(written.slice(from, ends[at] - from));
                from = ends[at++];
                for (ByteBuffer records : partition.records()) {
                    frame.add(records);
                }
                size += partition.recordsBytes();
            }
        }
        frame.add(written.slice(from, written.limit() - from));
        written.putInt(0, size);
        return frame.toArray(new ByteBuffer[0]);
    }
}
