package dev.tubepost.bench.limit;

import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;

/**
 * The records of a full batch, encoded once. Every batch has the same: what a client would have copied together is not what is measured.
 * <em>Immutable.</em>
 */
final class EncodedRecords {

    private static final RecordHeader[] NO_HEADERS = {};

    private final ByteBuffer bytes;
    private final int count;

    private EncodedRecords(ByteBuffer bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /**
     * As many records as go into a batch; one at least.
     *
     * @param values what stands in them, in turn
     * @param batchBytes the batch's bound, with its header
     */
    static EncodedRecords fill(byte[][] values, int batchBytes) {
        int bound = Math.max(1, batchBytes - RecordBatchHeader.BYTES);
        int largest = RecordFormat.maxSize(null, values[0], NO_HEADERS);
        ByteBuffer bytes = ByteBuffer.allocateDirect(bound + largest);
        int count = 0;
        while (bytes.position() < bound) {
            int start = bytes.position();
            RecordFormat.write(bytes, count, 0, null, values[count % values.length], NO_HEADERS);
            if (count > 0 && bytes.position() > bound) {
                bytes.position(start);
                break;
            }
            count++;
        }
        return new EncodedRecords(bytes.flip(), count);
    }

    /** How many records. */
    int count() {
        return count;
    }

    /** The records' bytes, with a position of their own. */
    ByteBuffer view() {
        return bytes.duplicate();
    }
}
