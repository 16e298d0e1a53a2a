package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads primitives of a message that may be hostile: every length and count is checked against the bytes that are left before anything is
 * allocated (F22). <em>Confined to one thread.</em> Anything wrong is a {@link MalformedMessageException}.
 */
public final class WireReader {

    /** The most elements of an array that are accepted. */
    static final int MAX_ELEMENTS = 1_000_000;

    /** The most tagged fields in one place that are accepted. */
    static final int MAX_TAGS = 10_000;

    private final ByteBuffer buffer;
    private final boolean flexible;

    /**
     * @param buffer what to read; its position moves
     * @param flexible whether the message's version has compact fields and tags
     */
    public WireReader(ByteBuffer buffer, boolean flexible) {
        this.buffer = buffer;
        this.flexible = flexible;
    }

    /** The same bytes, read in another form. */
    public WireReader as(boolean isFlexible) {
        return new WireReader(buffer, isFlexible);
    }

    public int remaining() {
        return buffer.remaining();
    }

    public byte int8() {
        need(1, "int8");
        return buffer.get();
    }

    public boolean bool() {
        return int8() != 0;
    }

    public short int16() {
        need(2, "int16");
        return buffer.getShort();
    }

    public int int32() {
        need(4, "int32");
        return buffer.getInt();
    }

    public long int64() {
        need(8, "int64");
        return buffer.getLong();
    }

    public int uvarint() {
        return Varint.readUnsigned(buffer);
    }

    public UUID uuid() {
        return new UUID(int64(), int64());
    }

    /** A string that must be there. */
    public String string(String field) {
        String value = nullableString(field);
        if (value == null) {
            throw malformed(field, "is null");
        }
        return value;
    }

    public @Nullable String nullableString(String field) {
        ByteBuffer utf8 = stringBytes(field);
        if (utf8 == null || !utf8.hasRemaining()) {
            return utf8 == null
                    ? null
                    : ""; // not a new one: an array of empty strings would be twenty times as large as its bytes
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(utf8);
            return text.toString();
        } catch (CharacterCodingException e) {
            throw malformed(field, "is not UTF-8");
        }
    }

    private @Nullable ByteBuffer stringBytes(String field) {
        int length = flexible ? uvarint() - 1 : int16();
        if (length < 0) {
            if (length != -1) {
                throw malformed(field, "has the length " + length);
            }
            return null;
        }
        need(length, field);
        ByteBuffer bytes = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return bytes;
    }

    /** Bytes that must be there. */
    public byte[] bytes(String field) {
        int length = flexible ? uvarint() - 1 : int32();
        need(length, field);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** A text for people: as {@link PeerText} shows it, since it ends in logs and exceptions (F32). */
    public @Nullable String text(String field) {
        ByteBuffer utf8 = stringBytes(field);
        if (utf8 == null || !utf8.hasRemaining()) {
            return utf8 == null ? null : "";
        }
        return PeerText.of(utf8);
    }

    /** A text that must be there. */
    public String textThere(String field) {
        String value = text(field);
        if (value == null) {
            throw malformed(field, "is null");
        }
        return value;
    }

    /**
     * How many elements of an array follow; null counts as none. Whoever reads them does so in a loop, and not in a function that is handed over: each of
     * those is a class that a JVM makes before the first message is acknowledged.
     *
     * @param leastBytes how many bytes an element has at least
     */
    public int arrayLength(String field, int leastBytes) {
        int length = flexible ? uvarint() - 1 : int32();
        if (length < -1 || length > MAX_ELEMENTS || (long) length * leastBytes > buffer.remaining()) {
            throw malformed(field, "claims " + length + " elements, with " + buffer.remaining() + " bytes left");
        }
        return Math.max(0, length);
    }

    /** A list for the elements of an array that claims to have so many. */
    static <T> List<T> newList(int length) {
        return new ArrayList<>(Math.min(length, 1000));
    }

    public List<Integer> int32Array(String field) {
        int length = arrayLength(field, Integer.BYTES);
        List<Integer> list = newList(length);
        for (int i = 0; i < length; i++) {
            list.add(int32());
        }
        return list;
    }

    /** Skips tagged fields, where the version has them (F29). */
    public void skipTags() {
        for (int left = tagCount(); left > 0; left--) {
            uvarint();
            tagContent();
        }
    }

    /** How many tagged fields follow, each a number ({@link #uvarint}) and its {@link #tagContent}; none where the version has no such fields. */
    public int tagCount() {
        int count = flexible ? uvarint() : 0;
        if (count < 0 || count > MAX_TAGS) {
            throw malformed("tagged fields", "are " + Integer.toUnsignedString(count));
        }
        return count;
    }

    /** A tagged field's bytes alone: what is not read of them is skipped. */
    public WireReader tagContent() {
        int size = uvarint();
        need(size, "tagged field");
        ByteBuffer content = buffer.slice(buffer.position(), size);
        buffer.position(buffer.position() + size);
        return new WireReader(content, true);
    }

    private void need(int bytes, String field) {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw malformed(
                    field, "needs " + Integer.toUnsignedString(bytes) + " bytes, with " + buffer.remaining() + " left");
        }
    }

    private MalformedMessageException malformed(String field, String what) {
        return new MalformedMessageException(field + " at byte " + buffer.position() + " " + what);
    }
}
