package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One record of a batch in format v2 (KIP-98, KIP-82). All numbers are zigzag varints, but for the attributes.
 *
 * <pre>
 *   length | attributes (int8, 0) | timestamp delta | offset delta
 *          | key length, -1 for null | key | value length, -1 for null | value
 *          | header count | { name length | name | value length, -1 for null | value } ...
 * </pre>
 */
public final class RecordFormat {

    /** Length 5, attributes 1, timestamp delta 10, offset delta 5, key and value length 5 each, header count 5: never more. */
    private static final int MAX_OVERHEAD = 36;

    private RecordFormat() {}

    /** The most bytes that the record may take, wherever in a batch it stands. */
    public static int maxSize(byte @Nullable [] key, byte @Nullable [] value, RecordHeader[] headers) {
        long size = MAX_OVERHEAD + (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        for (RecordHeader header : headers) {
            size += header.bytes();
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Writes the record at the buffer's position, which must have {@link #maxSize} bytes left. */
    public static void write(
            ByteBuffer to,
            int offsetDelta,
            long timestampDelta,
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers) {
        int keyLength = key == null ? -1 : key.length;
        int valueLength = value == null ? -1 : value.length;
        int size = 1
                + Varint.sizeOfLong(timestampDelta)
                + Varint.sizeOf(offsetDelta)
                + Varint.sizeOf(keyLength)
                + Math.max(0, keyLength)
                + Varint.sizeOf(valueLength)
                + Math.max(0, valueLength)
                + Varint.sizeOf(headers.length);
        for (RecordHeader header : headers) {
            size += header.bytes();
        }
        writeStart(to, size, timestampDelta, offsetDelta);
        writeBytes(to, key);
        writeBytes(to, value);
        Varint.write(to, headers.length);
        for (RecordHeader header : headers) {
            writeBytes(to, header.name());
            writeBytes(to, header.value());
        }
    }

    /**
     * Length, attributes and deltas. Most are of one or two bytes each: these are put together in a register and written at once, which takes half the
     * time; what is written too far is overwritten by what follows.
     */
    private static void writeStart(ByteBuffer to, int size, long timestampDelta, int offsetDelta) {
        int first = Varint.zigzag(size);
        long second = Varint.zigzag(timestampDelta);
        int third = Varint.zigzag(offsetDelta);
        if (((first | second | third) & -Varint.TWO_BYTES) != 0) {
            Varint.write(to, size);
            to.put((byte) 0);
            Varint.writeLong(to, timestampDelta);
            Varint.write(to, offsetDelta);
            return;
        }
        int sizeBits = Varint.bits(first) + Byte.SIZE; // with the attributes, which are 0
        int deltaBits = sizeBits + Varint.bits((int) second);
        long start = Varint.pack(first)
                | (long) Varint.pack((int) second) << sizeBits
                | (long) Varint.pack(third) << deltaBits;
        int at = to.position();
        to.putLong(at, Long.reverseBytes(start)).position(at + (deltaBits + Varint.bits(third)) / Byte.SIZE);
    }

    private static void writeBytes(ByteBuffer to, byte @Nullable [] bytes) {
        if (bytes == null) {
            Varint.write(to, -1);
        } else {
            Varint.write(to, bytes.length);
            to.put(bytes);
        }
    }
}
