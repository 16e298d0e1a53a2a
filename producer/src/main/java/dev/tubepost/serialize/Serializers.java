package dev.tubepost.serialize;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stock serializers, and functions to make others of with {@link Serializer#of}. <em>Stateless.</em> The bytes are those that
 * kafka-clients' stock serializers make, so that its deserializers read them.
 */
public final class Serializers {

    private static final Serializer<byte[], byte[]> BYTES = new Bytes();
    private static final Serializer<String, String> UTF8 = Serializer.of(ofUtf8(), ofUtf8());

    private Serializers() {}

    /** Keys and values that are bytes already; passes the arrays on as they are (the producer copies them). */
    public static Serializer<byte[], byte[]> bytes() {
        return BYTES;
    }

    /** Keys and values that are strings, as UTF-8. What UTF-8 cannot express (a lone surrogate) becomes {@code ?}. */
    public static Serializer<String, String> utf8() {
        return UTF8;
    }

    /** Bytes as they are. */
    public static Function<byte[], byte[]> ofBytes() {
        return bytes -> bytes;
    }

    /** A string as UTF-8. */
    public static Function<String, byte[]> ofUtf8() {
        return text -> text.getBytes(StandardCharsets.UTF_8);
    }

    /** An integer as 4 bytes, big-endian. */
    public static Function<Integer, byte[]> ofInteger() {
        return value -> {
            int bits = value;
            return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        };
    }

    /** A long as 8 bytes, big-endian. */
    public static Function<Long, byte[]> ofLong() {
        return value -> {
            long bits = value;
            byte[] bytes = new byte[Long.BYTES];
            for (int i = Long.BYTES - 1; i >= 0; i--) {
                bytes[i] = (byte) bits;
                bits >>>= Byte.SIZE;
            }
            return bytes;
        };
    }

    /** A UUID as its 36 characters. */
    public static Function<UUID, byte[]> ofUuid() {
        return uuid -> uuid.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Bytes implements Serializer<byte[], byte[]> {

        @Override
        public byte @Nullable [] serializeKey(byte @Nullable [] key) {
            return key;
        }

        @Override
        public byte @Nullable [] serializeValue(byte @Nullable [] value) {
            return value;
        }
    }

    /** Calls one function for keys and one for values, never with null. <em>As thread-safe as they are.</em> */
    static final class OfFunctions<K, V> implements Serializer<K, V> {

        private final Function<? super K, byte[]> key;
        private final Function<? super V, byte[]> value;

        OfFunctions(Function<? super K, byte[]> key, Function<? super V, byte[]> value) {
            this.key = Objects.requireNonNull(key, "key");
            this.value = Objects.requireNonNull(value, "value");
        }

        @Override
        public byte @Nullable [] serializeKey(@Nullable K given) {
            return given == null ? null : key.apply(given);
        }

        @Override
        public byte @Nullable [] serializeValue(@Nullable V given) {
            return given == null ? null : value.apply(given);
        }
    }
}
