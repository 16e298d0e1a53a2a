package dev.tubepost.protocol;

import java.nio.ByteBuffer;

/** Variable-length integers: 7 bits a byte, least first; signed ones in zigzag form, as protocol buffers have them. */
public final class Varint {

    /** The first unsigned value that takes more than two bytes. */
    static final int TWO_BYTES = 1 << 14;

    private Varint() {}

    static int zigzag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** The bits that an unsigned value below {@link #TWO_BYTES} takes: 8 or 16. */
    static int bits(int value) {
        return value < 0x80 ? Byte.SIZE : 2 * Byte.SIZE;
    }

    /** An unsigned value below {@link #TWO_BYTES} as it is written, the first byte lowest. */
    static int pack(int value) {
        return value < 0x80 ? value : (value & 0x7F) | 0x80 | (value >>> 7) << Byte.SIZE;
    }

    /** The bytes of an unsigned value, 1 to 5. */
    public static int sizeOfUnsigned(int value) {
        // One more byte per 7 bits; 0 has one significant bit.
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** The bytes of a signed value in zigzag form, 1 to 5. */
    public static int sizeOf(int value) {
        return sizeOfUnsigned(zigzag(value));
    }

    /** The bytes of a signed value in zigzag form, 1 to 10. */
    public static int sizeOfLong(long value) {
        return (70 - Long.numberOfLeadingZeros(zigzag(value) | 1)) / 7;
    }

    public static void writeUnsigned(ByteBuffer to, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    public static void write(ByteBuffer to, int value) {
        writeUnsigned(to, zigzag(value));
    }

    public static void writeLong(ByteBuffer to, long value) {
        long rest = zigzag(value);
        while ((rest & ~0x7FL) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    /** Reads an unsigned value; at most 5 bytes, of which the last has at most 4 bits. */
    public static int readUnsigned(ByteBuffer from) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = nextByte(from);
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 28 && next > 0x0F) {
                    break;
                }
                return value;
            }
        }
        throw new MalformedMessageException("a varint has more than 32 bits");
    }

    public static int read(ByteBuffer from) {
        int zigzag = readUnsigned(from);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public static long readLong(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = nextByte(from);
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new MalformedMessageException("a varlong has more than 64 bits");
    }

    private static byte nextByte(ByteBuffer from) {
        if (!from.hasRemaining()) {
            throw new MalformedMessageException("the message ends within a varint");
        }
        return from.get();
    }
}
