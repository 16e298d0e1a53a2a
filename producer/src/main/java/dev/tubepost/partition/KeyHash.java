package dev.tubepost.partition;

import java.math.BigInteger;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A hash of a key, for partitioners that choose by it. Must be <em>thread-safe</em>, and give the same number for the same key in
 * every process that writes to the topic. It may be negative, and of any size.
 */
@FunctionalInterface
public interface KeyHash {

    /** The hash of a key, which is never null and must not be changed. */
    BigInteger hash(byte[] key);

    /**
     * One of {@code count} places for a key: {@code abs(hash(key) + offset) mod count}; the sign goes first, so that -8 and 8 share
     * a place.
     *
     * @param offset 0 or more
     * @param count 1 or more
     * @return 0 to {@code count - 1}
     */
    default int place(byte[] key, int offset, int count) {
        return hash(key)
                .add(BigInteger.valueOf(offset))
                .abs()
                .mod(BigInteger.valueOf(count))
                .intValue();
    }

    /** A hash that fits a {@code long}, {@link Long#MIN_VALUE} included. */
    static KeyHash ofLong(ToLongFunction<byte[]> hash) {
        return new LongKeyHash(Objects.requireNonNull(hash, "hash"));
    }

    /** The SHA-1 of the key, its 20 bytes read as an unsigned big-endian number: the specification's default. */
    static KeyHash sha1() {
        return Sha1KeyHash.SHARED;
    }
}
