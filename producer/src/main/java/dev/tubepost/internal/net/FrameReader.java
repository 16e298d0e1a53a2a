package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames, wherever reads happen to end (F9, F10). <em>Confined to the connection's actor.</em>
 *
 * <pre>
 *   frame:   size (4 bytes, big-endian, counts what follows) | correlation id (4 bytes) | ...
 *
 *   buffer:  [ consumed | frame | frame | part of a frame | free ]
 *                       ^start                            ^end
 * </pre>
 *
 * A size is judged before anything is allocated for it, and the buffer only doubles once it is full, so that memory follows the bytes that
 * were received and not the size that was claimed (F20, F21).
 */
final class FrameReader {

    /** How much is read at once at most: the JDK keeps a direct buffer of that size per thread to read through. */
    static final int BYTES_PER_READ = 64 * 1024;

    static final int SIZE_BYTES = 4;

    private static final int MIN_FRAME_BYTES = 4;
    private static final int FIRST_CAPACITY = 4 * 1024;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private ByteBuffer view = buffer.duplicate();
    private int start;
    private int end;
    private int maxFrameBytes;

    FrameReader(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    /** A size that no frame of a broker has. */
    static final class BadFrameException extends Exception {
        private static final long serialVersionUID = 1L;

        final int size;

        /** What the peer sent, from the bad size on, as far as it was received. */
        final transient ByteBuffer received;

        BadFrameException(int size, ByteBuffer received) {
            super("frame size " + size, null, false, false);
            this.size = size;
            this.received = received;
        }
    }

    void maxFrameBytes(int limit) {
        maxFrameBytes = limit;
    }

    /**
     * Reads once.
     *
     * @return the number of bytes; 0 if there are none now; -1 at the end of the stream
     */
    int fill(Transport transport) throws IOException {
        makeRoom();
        buffer.limit(Math.min(buffer.capacity(), end + BYTES_PER_READ)).position(end);
        int count = transport.read(buffer);
        end = buffer.position();
        return count;
    }

    /** Whether the last {@link #fill} took all that there was room for, so that more may be there. */
    boolean wasFilled() {
        return !buffer.hasRemaining();
    }

    /** The next whole frame without its size, valid until the next {@link #fill}; null if none is complete. */
    @Nullable
    ByteBuffer next() throws BadFrameException {
        int there = end - start;
        if (there < SIZE_BYTES) {
            return null;
        }
        int size = buffer.getInt(start);
        if (size < MIN_FRAME_BYTES || size > maxFrameBytes) {
            throw new BadFrameException(size, buffer.duplicate().limit(end).position(start));
        }
        if (there - SIZE_BYTES < size) {
            return null;
        }
        int from = start + SIZE_BYTES;
        start = from + size;
        return view.limit(start).position(from);
    }

    /** Whether the stream has bytes of a frame that is not complete. */
    boolean isInsideFrame() {
        return end > start;
    }

    /** How many bytes are held for what was received and what may come next. */
    int capacity() {
        return bytes.length;
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.capacity() > BYTES_PER_READ) { // a large frame is over: give the memory back
                replace(new byte[FIRST_CAPACITY]);
            }
        } else if (end == buffer.capacity()) {
            moveToFront(wantedCapacity());
        }
    }

    /** What the frame needs, but at most twice of what was received into the buffer. */
    private int wantedCapacity() {
        long needed = end - start < SIZE_BYTES ? 0 : (long) SIZE_BYTES + buffer.getInt(start);
        return (int) Math.min(needed, Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8));
    }

    private void moveToFront(int capacity) {
        int length = end - start;
        if (capacity > bytes.length) {
            var larger = new byte[capacity];
            System.arraycopy(bytes, start, larger, 0, length);
            replace(larger);
        } else {
            System.arraycopy(bytes, start, bytes, 0, length);
        }
        start = 0;
        end = length;
    }

    private void replace(byte[] replacement) {
        bytes = replacement;
        buffer = ByteBuffer.wrap(replacement);
        view = buffer.duplicate();
    }
}
