package dev.tubepost.bench.limit;

import dev.tubepost.protocol.RecordBatchHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A partition's batch, which is sent again and again: of an idempotent producer with the next base sequence each time, else as it is. The header is
 * its own, the records are everybody's. <em>Confined to</em> the one thread.
 */
final class SequencedBatch {

    /** Where the base sequence stands, as {@link RecordBatchHeader} draws it. */
    static final int BASE_SEQUENCE_AT = 53;

    private static final int CHECKSUM_AT = 17;

    private final int partition;
    private final ByteBuffer[] buffers;
    private final int bytes;
    private final int recordCount;
    private final @Nullable SequenceChecksum checksum;
    private final int zeroChecksum;
    private int sequence;

    /**
     * @param producer whose sequences they are
     * @param timestampMillis of all records
     * @param like the batch of another partition, which has the same size; null if this is the first
     */
    SequencedBatch(
            int partition,
            EncodedRecords records,
            ProducerIdentity producer,
            long timestampMillis,
            @Nullable SequencedBatch like) {
        this.partition = partition;
        this.recordCount = records.count();
        this.buffers = new ByteBuffer[] {ByteBuffer.allocateDirect(RecordBatchHeader.BYTES), records.view()};
        this.bytes = buffers[0].capacity() + buffers[1].limit();
        boolean idempotent = producer.isIdempotent();
        new RecordBatchHeader(
                        0,
                        recordCount - 1,
                        timestampMillis,
                        timestampMillis,
                        producer.id(),
                        producer.epoch(),
                        idempotent ? 0 : -1,
                        recordCount)
                .seal(buffers, bytes);
        this.zeroChecksum = buffers[0].getInt(CHECKSUM_AT);
        this.checksum = !idempotent ? null : like != null ? like.checksum : SequenceChecksum.of(buffers);
    }

    int partition() {
        return partition;
    }

    /** The batch's bytes: the same buffers each time. */
    ByteBuffer[] buffers() {
        return buffers;
    }

    /** How many bytes they have. */
    int bytes() {
        return bytes;
    }

    int recordCount() {
        return recordCount;
    }

    /** Makes it ready to be written, as the batch after the one before. */
    void advance() {
        buffers[0].rewind();
        buffers[1].rewind();
        if (checksum != null) {
            buffers[0].putInt(BASE_SEQUENCE_AT, sequence).putInt(CHECKSUM_AT, checksum.with(zeroChecksum, sequence));
            sequence = (sequence + recordCount) & Integer.MAX_VALUE; // after the largest comes 0
        }
    }
}
