package dev.tubepost.bench.limit;

import dev.tubepost.protocol.ProduceRequest;
import dev.tubepost.protocol.RequestHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.List;

/**
 * A Produce request with a batch for each of some partitions, complete but for what differs each time: the correlation id, and what
 * {@link SequencedBatch} changes. The same buffers are sent again, so it must be written whole before it is prepared anew. <em>Confined to</em> the
 * one thread.
 */
final class EncodedRequest {

    static final String CLIENT_ID = "limit";

    /** The newest that Kafka 4.4 and the acknowledge-only server know; names topics by id. */
    static final int VERSION = 13;

    private static final int TIMEOUT_MILLIS = 30_000;

    private final List<SequencedBatch> batches;
    private final ByteBuffer[] frame;
    private int written;

    /** @param topic the topic, with a name that this version does not send */
    EncodedRequest(TopicLayout topic, List<SequencedBatch> batches, int acks) {
        this.batches = List.copyOf(batches);
        List<ProduceRequest.Partition> partitions = batches.stream()
                .map(batch -> new ProduceRequest.Partition(batch.partition(), batch.buffers(), batch.bytes()))
                .toList();
        var topics = List.of(new ProduceRequest.Topic(topic.name(), topic.id(), partitions));
        this.frame = new ProduceRequest(null, (short) acks, TIMEOUT_MILLIS, topics).frame(VERSION, CLIENT_ID);
        for (int i = 0; i < frame.length; i++) {
            if (!frame[i].isDirect()) { // else each write would copy it into one that is
                frame[i] = ByteBuffer.allocateDirect(frame[i].remaining())
                        .put(frame[i])
                        .flip();
            }
        }
        this.written = frame.length;
    }

    /** Makes it ready to be written again. */
    void prepare(int correlationId) {
        assert written == frame.length : "the last time is not over";
        for (ByteBuffer buffer : frame) {
            buffer.rewind();
        }
        batches.forEach(SequencedBatch::advance);
        frame[0].putInt(RequestHeader.CORRELATION_ID_AT, correlationId);
        written = 0;
    }

    /** Writes as much as the channel takes; tells whether that was all. */
    boolean write(GatheringByteChannel channel) throws IOException {
        channel.write(frame, written, frame.length - written);
        while (written < frame.length && !frame[written].hasRemaining()) {
            written++;
        }
        return written == frame.length;
    }

    int batchCount() {
        return batches.size();
    }

    /** How many records all batches have. */
    int recordCount() {
        return recordsInEach() * batchCount();
    }

    /** How many records each batch has. */
    int recordsInEach() {
        return batches.get(0).recordCount();
    }
}
