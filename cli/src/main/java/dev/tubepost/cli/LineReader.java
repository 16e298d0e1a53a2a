package dev.tubepost.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, without a copy: {@link #next} makes one line visible in {@link #array}, until the next call.
 * <em>Confined to the input thread.</em>
 *
 * <p>A line ends with {@code \n}, which is not part of it; every other byte is, a {@code \r} before it included. The last line needs no
 * end. An empty line is a line. Memory is bounded by the longest line that is kept whole: of a longer one only the head is kept, and
 * the rest is counted ({@link #isTruncated}, {@link #lineBytes}).
 */
final class LineReader {

    private static final int FIRST_BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final int maxLineBytes;

    private byte[] buffer;
    /** The bytes read and not yet given are {@code [start, limit)}. */
    private int start;

    private int limit;
    private boolean atEnd;

    private int lineStart;
    private int lineLength;
    private long lineBytes;
    private long lineNumber;

    /** A reader that keeps lines of up to this many bytes whole. */
    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
        this.buffer = new byte[Math.min(FIRST_BUFFER_BYTES, maxLineBytes + 1)];
    }

    /** Goes to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        int scanned = start;
        while (true) {
            int newline = indexOfNewline(scanned);
            if (newline >= 0) {
                return give(newline - start, newline + 1);
            }
            scanned = limit;
            if (limit - start >= maxLineBytes + 1) {
                return giveTruncated();
            }
            int before = start;
            if (!fill()) {
                return limit > start && give(limit - start, limit);
            }
            scanned -= before - start;
        }
    }

    private boolean give(int length, int nextStart) {
        lineStart = start;
        lineLength = length;
        lineBytes = length;
        lineNumber++;
        start = nextStart;
        return true;
    }

    /** The head is already in the buffer, and full: moves it to the front, and reads over the rest behind it. */
    private boolean giveTruncated() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, maxLineBytes);
        byte[] skipped = new byte[FIRST_BUFFER_BYTES];
        long total = (long) limit - start;
        limit = maxLineBytes;
        start = maxLineBytes;
        while (true) {
            int got = atEnd ? -1 : in.read(skipped, 0, skipped.length);
            if (got < 0) {
                atEnd = true;
                break;
            }
            int newline = indexOfNewline(skipped, 0, got);
            if (newline >= 0) {
                total += newline;
                keepBehindHead(skipped, newline + 1, got);
                break;
            }
            total += got;
        }
        lineStart = 0;
        lineLength = maxLineBytes;
        lineBytes = total;
        lineNumber++;
        return true;
    }

    private void keepBehindHead(byte[] from, int fromIndex, int toIndex) {
        int length = toIndex - fromIndex;
        if (buffer.length - maxLineBytes < length) {
            buffer = Arrays.copyOf(buffer, maxLineBytes + length);
        }
        System.arraycopy(from, fromIndex, buffer, maxLineBytes, length);
        limit = maxLineBytes + length;
    }

    /** Reads once more behind what is there; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (atEnd) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, maxLineBytes + 1L));
        }
        int got = in.read(buffer, limit, buffer.length - limit);
        if (got < 0) {
            atEnd = true;
            return false;
        }
        limit += got;
        return true;
    }

    private int indexOfNewline(int from) {
        return indexOfNewline(buffer, from, limit);
    }

    private static int indexOfNewline(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The bytes in which the line stands; valid until the next call of {@link #next}. */
    byte[] array() {
        return buffer;
    }

    /** Where in {@link #array} the line begins. */
    int offset() {
        return lineStart;
    }

    /** How many bytes of the line are in {@link #array}. */
    int length() {
        return lineLength;
    }

    /** Whether the line is longer than what is kept of it. */
    boolean isTruncated() {
        return lineBytes > lineLength;
    }

    /** The whole line's length, without its end. */
    long lineBytes() {
        return lineBytes;
    }

    /** The line's number in the stream, from 1. */
    long lineNumber() {
        return lineNumber;
    }
}
