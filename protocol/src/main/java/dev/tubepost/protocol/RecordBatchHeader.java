package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a record batch in format v2 begins with (KIP-98).
 *
 * <pre>
 *    0  base offset            int64   0: the broker assigns it
 *    8  batch length           int32   from byte 12 to the end
 *   12  partition leader epoch int32   -1: the broker assigns it
 *   16  magic                  int8    2
 *   17  CRC-32C                int32   of everything from byte 21 to the end
 *   21  attributes             int16   0-2 codec, 3 log-append time, 4 transactional, 5 control
 *   23  last offset delta      int32
 *   27  base timestamp         int64   of the first record
 *   35  max timestamp          int64
 *   43  producer id            int64   -1: none
 *   51  producer epoch         int16   -1: none
 *   53  base sequence          int32   -1: none
 *   57  record count           int32
 *   61  records
 * </pre>
 *
 * @param attributes the codec and flags
 * @param lastOffsetDelta the last record's offset in the batch
 * @param baseTimestamp the first record's, in milliseconds since the epoch
 * @param maxTimestamp the latest one
 * @param producerId the producer's id, or {@link #NO_PRODUCER_ID}
 * @param producerEpoch its epoch, or -1
 * @param baseSequence the first record's sequence, or -1
 * @param recordCount how many records
 */
public record RecordBatchHeader(
        int attributes,
        int lastOffsetDelta,
        long baseTimestamp,
        long maxTimestamp,
        long producerId,
        short producerEpoch,
        int baseSequence,
        int recordCount) {

    /** The header's size. */
    public static final int BYTES = 61;

    /** A batch of a producer that is not idempotent. */
    public static final long NO_PRODUCER_ID = -1;

    private static final int LENGTH_FROM = 12;
    private static final int CRC_AT = 17;
    private static final int CRC_FROM = 21;
    private static final byte MAGIC = 2;

    /**
     * Writes the header into the first bytes of the first buffer, and the checksum over everything.
     *
     * @param batch the batch's buffers, from their first byte to their limit; positions stay as they are
     * @param batchBytes the size of all together, with the header
     */
    public void seal(ByteBuffer[] batch, int batchBytes) {
        write(batch[0], batchBytes);
        batch[0].putInt(CRC_AT, checksum(batch));
    }

    /**
     * The same without reading the records.
     *
     * @param recordsChecksum their CRC-32C
     */
    public void seal(ByteBuffer[] batch, int batchBytes, int recordsChecksum) {
        ByteBuffer head = batch[0];
        write(head, batchBytes);
        var crc = new CRC32C();
        crc.update(head.slice(CRC_FROM, BYTES - CRC_FROM));
        head.putInt(CRC_AT, JoinedChecksum.of((int) crc.getValue(), recordsChecksum, batchBytes - BYTES));
    }

    private void write(ByteBuffer head, int batchBytes) {
        head.putLong(0, 0L)
                .putInt(8, batchBytes - LENGTH_FROM)
                .putInt(12, -1)
                .put(16, MAGIC)
                .putShort(CRC_FROM, (short) attributes)
                .putInt(23, lastOffsetDelta)
                .putLong(27, baseTimestamp)
                .putLong(35, maxTimestamp)
                .putLong(43, producerId)
                .putShort(51, producerEpoch)
                .putInt(53, baseSequence)
                .putInt(57, recordCount);
    }

    /** Whether a sealed batch is what it was when its checksum was written. */
    public static boolean isSound(ByteBuffer[] batch) {
        return batch[0].getInt(CRC_AT) == checksum(batch);
    }

    /** The CRC-32C of a batch, as it should stand in its header. */
    public static int checksum(ByteBuffer[] batch) {
        var crc = new CRC32C();
        for (int i = 0; i < batch.length; i++) {
            crc.update(batch[i].duplicate().position(i == 0 ? CRC_FROM : 0));
        }
        return (int) crc.getValue();
    }
}
