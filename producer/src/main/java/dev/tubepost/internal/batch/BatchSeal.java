package dev.tubepost.internal.batch;

import dev.tubepost.protocol.RecordBatchHeader;
import java.nio.ByteBuffer;

/** Writes the header of a batch before its first attempt; nothing of its bytes changes afterwards (F50). */
final class BatchSeal {

    private static final short NO_EPOCH = -1;
    private static final int NO_SEQUENCE = -1;

    private BatchSeal() {}

    /**
     * @param wire the batch's bytes as they go out
     */
    static void write(RecordBatch batch, ByteBuffer[] wire) {
        Stamp stamp = batch.stamp();
        var header = new RecordBatchHeader(
                batch.attribute(),
                batch.recordCount() - 1,
                batch.baseTimestamp(),
                batch.maxTimestamp(),
                stamp == null ? RecordBatchHeader.NO_PRODUCER_ID : stamp.producerId(),
                stamp == null ? NO_EPOCH : stamp.epoch(),
                stamp == null ? NO_SEQUENCE : stamp.sequence(),
                batch.recordCount());
        RunningChecksum records = batch.rawChecksum();
        if (records == null) {
            header.seal(wire, batch.wireBytes());
        } else {
            header.seal(wire, batch.wireBytes(), records.value());
        }
    }
}
