package dev.tubepost.testkit.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, provided that nobody writes into the arrays, which are not copied. A message as Apache's consumer read it from the cluster.
 *
 * <p>Two are equal when all parts are, arrays by their content.
 */
public final class ReadMessage {
    private final int partition;
    private final long offset;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;
    private final long timestamp;

    ReadMessage(
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers,
            long timestamp) {
        this.partition = partition;
        this.offset = offset;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
        this.timestamp = timestamp;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** Null for a message without key; the array itself, not a copy. */
    public byte @Nullable [] key() {
        return key;
    }

    /** Null for a tombstone; the array itself, not a copy. */
    public byte @Nullable [] value() {
        return value;
    }

    /** In the order in which they were sent; a name may appear more than once. */
    public List<Header> headers() {
        return headers;
    }

    /** Milliseconds since 1970, from the producer or from the broker, as the topic's {@code message.timestamp.type} says. */
    public long timestamp() {
        return timestamp;
    }

    /** The key as UTF-8. */
    public @Nullable String keyText() {
        return text(key);
    }

    /** The value as UTF-8. */
    public @Nullable String valueText() {
        return text(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReadMessage that
                && partition == that.partition
                && offset == that.offset
                && timestamp == that.timestamp
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(partition, offset, timestamp, Arrays.hashCode(key), Arrays.hashCode(value), headers);
    }

    @Override
    public String toString() {
        return "partition " + partition + " offset " + offset + " key " + keyText() + " value " + valueText()
                + " headers " + headers + " timestamp " + timestamp;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Immutable, provided that nobody writes into the array. A header of a message. */
    public static final class Header {
        private final String name;
        private final byte @Nullable [] value;

        Header(String name, byte @Nullable [] value) {
            this.name = name;
            this.value = value;
        }

        public String name() {
            return name;
        }

        /** The array itself, not a copy. */
        public byte @Nullable [] value() {
            return value;
        }

        /** The value as UTF-8. */
        public @Nullable String valueText() {
            return text(value);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Header that && name.equals(that.name) && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return name + "=" + valueText();
        }
    }
}
