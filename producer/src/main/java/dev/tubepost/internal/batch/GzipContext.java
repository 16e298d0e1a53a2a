package dev.tubepost.internal.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * gzip (RFC 1952): the JDK's deflate between a header and a trailer of our own. <em>Confined to</em> its context's thread.
 *
 * <pre>
 *   1f 8b  08  flags=0  mtime=0 (4)  extra flags  os=ff (unknown) | deflate ... | CRC-32 (4, LE)  input bytes (4, LE)
 * </pre>
 */
final class GzipContext implements CodecContext {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final short MAGIC = (short) 0x8b1f;
    private static final byte UNKNOWN_OS = (byte) 0xff;

    private final byte extraFlags;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    GzipContext(int level) {
        extraFlags = (byte) (level == Deflater.BEST_COMPRESSION ? 2 : level == Deflater.BEST_SPEED ? 4 : 0);
        deflater = new Deflater(level, true);
    }

    /** zlib's {@code compressBound}, with gzip's header and trailer in place of zlib's. */
    static long maxCompressedSize(int bytes) {
        return (long) bytes + (bytes >> 12) + (bytes >> 14) + (bytes >> 25) + 7 + HEADER_BYTES + TRAILER_BYTES;
    }

    @Override
    public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN);
        if (target.remaining() < HEADER_BYTES) {
            return false;
        }
        target.putShort(MAGIC).put((byte) Deflater.DEFLATED).put((byte) 0).putInt(0);
        target.put(extraFlags).put(UNKNOWN_OS);
        try {
            if (!deflate(sources, count, target) || target.remaining() < TRAILER_BYTES) {
                return false;
            }
            target.putInt((int) crc.getValue()).putInt(deflater.getTotalIn());
            return true;
        } finally {
            // Also drops the reference to the last segment.
            deflater.reset();
            crc.reset();
        }
    }

    private boolean deflate(ByteBuffer[] sources, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            crc.update(sources[i].duplicate());
            deflater.setInput(sources[i].duplicate());
            while (!deflater.needsInput()) {
                if (!target.hasRemaining()) {
                    return false;
                }
                deflater.deflate(target);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            if (!target.hasRemaining()) {
                return false;
            }
            deflater.deflate(target);
        }
        return true;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
