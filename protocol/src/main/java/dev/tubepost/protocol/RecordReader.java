package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a batch of ours again, one after the other, from the buffers that they were written into: each record lies in one
 * buffer whole. <em>Confined to one thread.</em> The arrays it gives are copies.
 */
public final class RecordReader {

    private final ByteBuffer[] buffers;
    private int at;
    private int offsetDelta;
    private long timestampDelta;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private RecordHeader[] headers = {};

    /**
     * @param buffers records alone, without the batch's header; positions move
     */
    public RecordReader(ByteBuffer[] buffers) {
        this.buffers = buffers;
    }

    /** Goes to the next record; false at the end. */
    public boolean next() {
        while (at < buffers.length && !buffers[at].hasRemaining()) {
            at++;
        }
        if (at == buffers.length) {
            return false;
        }
        ByteBuffer from = buffers[at];
        Varint.read(from);
        from.get();
        timestampDelta = Varint.readLong(from);
        offsetDelta = Varint.read(from);
        key = bytes(from);
        value = bytes(from);
        headers = new RecordHeader[Varint.read(from)];
        for (int i = 0; i < headers.length; i++) {
            byte[] name = bytes(from);
            headers[i] = new RecordHeader(name == null ? new byte[0] : name, bytes(from));
        }
        return true;
    }

    private static byte @Nullable [] bytes(ByteBuffer from) {
        int length = Varint.read(from);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    public int offsetDelta() {
        return offsetDelta;
    }

    public long timestampDelta() {
        return timestampDelta;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public RecordHeader[] headers() {
        return headers;
    }
}
