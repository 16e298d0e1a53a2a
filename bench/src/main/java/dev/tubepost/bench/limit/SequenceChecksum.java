package dev.tubepost.bench.limit;

import dev.tubepost.protocol.RecordBatchHeader;
import java.nio.ByteBuffer;

/**
 * The checksum of a batch of which only the base sequence changes, without reading the batch again. CRC-32C is linear: each bit of the sequence
 * that is set turns over the same bits of the checksum, whatever else is in the batch. Which ones depends only on how many bytes follow.
 * <em>Immutable.</em>
 */
final class SequenceChecksum {

    private static final int SEQUENCE_BITS = 31;

    private final int[] flips;

    private SequenceChecksum(int[] flips) {
        this.flips = flips;
    }

    /**
     * For all batches of the same size as this one.
     *
     * @param batch a batch with the base sequence 0, and with it again afterwards
     */
    static SequenceChecksum of(ByteBuffer[] batch) {
        int zero = RecordBatchHeader.checksum(batch);
        int[] flips = new int[SEQUENCE_BITS];
        for (int bit = 0; bit < SEQUENCE_BITS; bit++) {
            batch[0].putInt(SequencedBatch.BASE_SEQUENCE_AT, 1 << bit);
            flips[bit] = RecordBatchHeader.checksum(batch) ^ zero;
        }
        batch[0].putInt(SequencedBatch.BASE_SEQUENCE_AT, 0);
        return new SequenceChecksum(flips);
    }

    /** What a checksum that was right for base sequence 0 is for another one. */
    int with(int zeroChecksum, int sequence) {
        int checksum = zeroChecksum;
        for (int left = sequence; left != 0; left &= left - 1) {
            checksum ^= flips[Integer.numberOfTrailingZeros(left)];
        }
        return checksum;
    }
}
