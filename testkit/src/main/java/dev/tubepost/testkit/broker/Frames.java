package dev.tubepost.testkit.broker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream of bytes into frames. <em>Confined to the run's thread.</em> */
final class Frames {

    private static final int MAX_BYTES = 100 << 20;

    private byte[] bytes = new byte[1024];
    private int end;

    /** Takes the next bytes, and hands on each frame that is complete, without its size. */
    void add(byte[] piece, Consumer<byte[]> onFrame) {
        if (end + piece.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + piece.length, 2 * bytes.length));
        }
        System.arraycopy(piece, 0, bytes, end, piece.length);
        end += piece.length;
        int from = 0;
        while (end - from >= Integer.BYTES) {
            int size = ByteBuffer.wrap(bytes).getInt(from);
            if (size < 0 || size > MAX_BYTES) {
                throw new IllegalArgumentException("a frame of " + size + " bytes");
            }
            if (end - from - Integer.BYTES < size) {
                break;
            }
            int begin = from + Integer.BYTES;
            from = begin + size;
            onFrame.accept(Arrays.copyOfRange(bytes, begin, from));
        }
        System.arraycopy(bytes, from, bytes, 0, end - from);
        end -= from;
    }
}
