package dev.tubepost.partition;

import java.math.BigInteger;
import java.util.function.ToLongFunction;

/** A hash that fits a {@code long}, without big numbers. <em>As thread-safe as the function.</em> */
record LongKeyHash(ToLongFunction<byte[]> function) implements KeyHash {

    @Override
    public BigInteger hash(byte[] key) {
        return BigInteger.valueOf(function.applyAsLong(key));
    }

    /**
     * Exact where {@code long} overflows, because the results below are read as unsigned: {@code hash + offset} is less than 2^64 if
     * the hash is not negative, and cannot overflow if it is; {@code -Long.MIN_VALUE} has the bits of 2^63.
     */
    @Override
    public int place(byte[] key, int offset, int count) {
        long hash = function.applyAsLong(key);
        long sum = hash + offset;
        boolean negative = hash < 0 && sum < 0;
        return (int) Long.remainderUnsigned(negative ? -sum : sum, count);
    }
}
