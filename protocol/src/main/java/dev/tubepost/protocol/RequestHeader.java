package dev.tubepost.protocol;

import java.nio.ByteBuffer;

/**
 * What every request frame begins with. The correlation id is left 0 and filled in when the request is sent.
 *
 * <pre>
 *   0        4       6       8            12
 *   +--------+-------+-------+------------+--------------------+------+
 *   | size   | key   | vers. | corr. id   | client id (int16)  | tags |   tags: header v2 only
 *   +--------+-------+-------+------------+--------------------+------+
 * </pre>
 */
public final class RequestHeader {

    /** Where the correlation id stands in a frame. */
    public static final int CORRELATION_ID_AT = 8;

    private RequestHeader() {}

    static void write(WireWriter writer, ApiKey key, int version, String clientId) {
        writer.int32(0); // the size, once it is known
        writer.int16(key.id());
        writer.int16(version);
        writer.int32(0);
        writer.classicString(clientId);
        writer.noTags();
    }

    /** Ends a frame that has nothing outside the writer. */
    static ByteBuffer frame(WireWriter writer) {
        ByteBuffer frame = writer.finish();
        return frame.putInt(0, frame.remaining() - 4);
    }
}
