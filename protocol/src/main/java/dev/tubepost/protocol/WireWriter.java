package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes primitives in the form that a message's version has: lengths as int16/int32, or compact with tags (KIP-482). <em>Confined to one
 * thread.</em> The buffer grows as needed.
 */
public final class WireWriter {

    private final boolean flexible;
    private ByteBuffer buffer;

    public WireWriter(boolean flexible) {
        this.flexible = flexible;
        this.buffer = ByteBuffer.allocate(256);
    }

    /** What was written, ready to be read. */
    public ByteBuffer finish() {
        return buffer.flip();
    }

    public int size() {
        return buffer.position();
    }

    public void int8(int value) {
        room(1).put((byte) value);
    }

    public void bool(boolean value) {
        int8(value ? 1 : 0);
    }

    public void int16(int value) {
        room(2).putShort((short) value);
    }

    public void int32(int value) {
        room(4).putInt(value);
    }

    public void int64(long value) {
        room(8).putLong(value);
    }

    public void uvarint(int value) {
        Varint.writeUnsigned(room(5), value);
    }

    public void uuid(UUID value) {
        int64(value.getMostSignificantBits());
        int64(value.getLeastSignificantBits());
    }

    /** A string, or null where the field allows it. */
    public void string(@Nullable String value) {
        if (value == null) {
            nullString();
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a string of " + bytes.length + " bytes is too long for the protocol");
        }
        if (flexible) {
            uvarint(bytes.length + 1);
        } else {
            int16(bytes.length);
        }
        room(bytes.length).put(bytes);
    }

    private void nullString() {
        if (flexible) {
            uvarint(0);
        } else {
            int16(-1);
        }
    }

    /** A string as the header's client id has it: never compact, in any version. */
    public void classicString(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int16(bytes.length);
        room(bytes.length).put(bytes);
    }

    /** What an array begins with; -1 for null. */
    public void arrayLength(int length) {
        if (flexible) {
            uvarint(length + 1);
        } else {
            int32(length);
        }
    }

    /** Bytes, with their length before them. */
    public void bytes(byte[] value) {
        bytesLength(value.length);
        room(value.length).put(value);
    }

    /** The length before bytes that are written elsewhere. */
    public void bytesLength(int length) {
        arrayLength(length);
    }

    /** No tagged fields, where the version has room for them. */
    public void noTags() {
        if (flexible) {
            uvarint(0);
        }
    }

    /** How many tagged fields follow. */
    public void tagCount(int count) {
        uvarint(count);
    }

    /** A tagged field with what was written elsewhere. */
    public void tag(int number, ByteBuffer content) {
        uvarint(number);
        uvarint(content.remaining());
        room(content.remaining()).put(content);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            var larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }
}
