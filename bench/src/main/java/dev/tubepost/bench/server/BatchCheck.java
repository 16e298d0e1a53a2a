package dev.tubepost.bench.server;

import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.Varint;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Looks into a record batch: as little as an acknowledgement needs, or at everything but the records' fields. */
final class BatchCheck {

    private static final int LENGTH_AT = 8;
    private static final int LENGTH_FROM = 12;
    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int CRC_FROM = 21;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int RECORD_COUNT_AT = 57;
    private static final int CODEC_MASK = 7;

    private BatchCheck() {}

    /** How many records the batch says it has. */
    static int recordCount(ByteBuffer batch) {
        return batch.getInt(RECORD_COUNT_AT);
    }

    /** Whether length, magic, checksum and counts are right, and, unless it is compressed, each record's length and offset. */
    static boolean isSound(ByteBuffer batch) {
        if (batch.limit() < RecordBatchHeader.BYTES
                || batch.getInt(LENGTH_AT) + LENGTH_FROM != batch.limit()
                || batch.get(MAGIC_AT) != 2
                || batch.getInt(LAST_OFFSET_DELTA_AT) != recordCount(batch) - 1) {
            return false;
        }
        var crc = new CRC32C();
        crc.update(batch.slice(CRC_FROM, batch.limit() - CRC_FROM));
        if ((int) crc.getValue() != batch.getInt(CRC_AT)) {
            return false;
        }
        boolean compressed = (batch.getShort(CRC_FROM) & CODEC_MASK) != 0;
        return compressed || hasSoundRecords(batch);
    }

    private static boolean hasSoundRecords(ByteBuffer batch) {
        ByteBuffer records = batch.duplicate().position(RecordBatchHeader.BYTES);
        int count = recordCount(batch);
        for (int i = 0; i < count; i++) {
            int length = Varint.read(records);
            int end = records.position() + length;
            if (length <= 0 || end > records.limit()) {
                return false;
            }
            records.get(); // attributes
            Varint.readLong(records);
            if (Varint.read(records) != i) {
                return false;
            }
            records.position(end);
        }
        return !records.hasRemaining();
    }
}
