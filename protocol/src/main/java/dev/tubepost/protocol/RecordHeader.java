package dev.tubepost.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A header of a record (KIP-82), encoded. <em>Immutable, if nobody changes the arrays.</em>
 *
 * @param name the name in UTF-8
 * @param value the value, or null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of the wire, never compared
public record RecordHeader(byte[] name, byte @Nullable [] value) {

    public static RecordHeader of(String name, byte @Nullable [] value) {
        return new RecordHeader(name.getBytes(StandardCharsets.UTF_8), value);
    }

    int bytes() {
        int valueBytes = value == null ? 0 : value.length;
        return Varint.sizeOf(name.length) + name.length + Varint.sizeOf(value == null ? -1 : valueBytes) + valueBytes;
    }
}
