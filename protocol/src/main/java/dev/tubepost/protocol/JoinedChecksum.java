package dev.tubepost.protocol;

/**
 * The CRC-32C of two pieces together, from the checksum of each, without reading either again: as zlib's {@code crc32_combine} does for CRC-32. A message is
 * a polynomial over GF(2), its checksum the remainder of the division by another, P; so what stands n bytes before the end counts x<sup>8n</sup> times, modulo P.
 * <em>Stateless.</em>
 */
final class JoinedChecksum {

    /** P without x<sup>32</sup> (Castagnoli's, RFC 3720), the bit of the highest power last, as in all numbers here. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    /** x<sup>8</sup>, x<sup>16</sup>, x<sup>32</sup>, ...: what one, two, four, ... bytes behind it make of a piece. */
    private static final int[] BYTES_BEHIND = new int[Integer.SIZE];

    static {
        int power = X;
        for (int doubled = 0; doubled < 3; doubled++) {
            power = product(power, power);
        }
        for (int i = 0; i < BYTES_BEHIND.length; i++) {
            BYTES_BEHIND[i] = power;
            power = product(power, power);
        }
    }

    private JoinedChecksum() {}

    /**
     * The checksum of both.
     *
     * @param first of the first piece
     * @param second of the second piece
     * @param secondBytes how long the second one is
     */
    static int of(int first, int second, int secondBytes) {
        int moved = first;
        for (int left = secondBytes; left != 0; left &= left - 1) {
            moved = product(BYTES_BEHIND[Integer.numberOfTrailingZeros(left)], moved);
        }
        return moved ^ second;
    }

    /** The product modulo P. */
    private static int product(int factor, int other) {
        int product = 0;
        int shifted = other;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((factor & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}
