package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any stream, read in any pieces: the frames are those of a splitter that has the whole stream at once, up to the first size that cannot be, and the buffer
 * follows what was received (F9, F10, F20, F21). <em>Static, without state.</em>
 *
 * <pre>
 *   input:   size of each piece (8 bytes, repeated) | the stream
 * </pre>
 */
public final class FrameFuzz {

    private static final int PIECES = 8;
    private static final int MAX_FRAME_BYTES = 2_000;
    private static final int LEAST_CAPACITY = 4 * 1024;

    private FrameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < PIECES) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, PIECES, input.length);
        List<byte[]> expected = new ArrayList<>();
        boolean isBad = whole(stream, expected);
        List<byte[]> found = new ArrayList<>();
        boolean wasBad = inPieces(input, stream, found);
        if (isBad != wasBad || expected.size() != found.size()) {
            throw new IllegalStateException("expected " + expected.size() + " frames, bad " + isBad + "; found "
                    + found.size() + ", bad " + wasBad);
        }
        for (int i = 0; i < found.size(); i++) {
            if (!Arrays.equals(expected.get(i), found.get(i))) {
                throw new IllegalStateException("frame " + i + " has other bytes");
            }
        }
    }

    private static boolean whole(byte[] stream, List<byte[]> frames) {
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        while (bytes.remaining() >= 4) {
            int size = bytes.getInt();
            if (size < 4 || size > MAX_FRAME_BYTES) {
                return true;
            }
            if (size > bytes.remaining()) {
                return false;
            }
            byte[] frame = new byte[size];
            bytes.get(frame);
            frames.add(frame);
        }
        return false;
    }

    private static boolean inPieces(byte[] input, byte[] stream, List<byte[]> frames) {
        var reader = new FrameReader(MAX_FRAME_BYTES);
        var transport = new Pieces(input, stream);
        try {
            while (reader.fill(transport) >= 0) {
                for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                    byte[] copy = new byte[frame.remaining()];
                    frame.get(copy);
                    frames.add(copy);
                }
                if (reader.capacity() > Math.max(LEAST_CAPACITY, 2 * transport.at)) {
                    throw new IllegalStateException(reader.capacity() + " bytes are held after " + transport.at);
                }
            }
            return false;
        } catch (FrameReader.BadFrameException e) {
            return true;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<byte[]> frames() {
        byte[] two = new byte[PIECES + 8 + 24];
        ByteBuffer.wrap(two).putLong(0x0102030405060708L).putInt(4).putInt(1).putInt(16);
        byte[] large = new byte[PIECES + 4 + MAX_FRAME_BYTES];
        ByteBuffer.wrap(large).putLong(-1).putInt(MAX_FRAME_BYTES);
        return List.of(two, large);
    }

    /** Streams of good frames and of strangers. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(frames());
        for (int size :
                new int[] {-1, 0, 3, 4, 5, MAX_FRAME_BYTES + 1, Integer.MAX_VALUE, 0x48545450, 0x15030300, 0x5353482d
                }) {
            byte[] seed = new byte[PIECES + 4 + 8];
            ByteBuffer.wrap(seed).putLong(0x0101010101010101L).putInt(size);
            seeds.add(seed);
        }
        return seeds;
    }

    /** Gives the stream in the input's pieces. */
    private static final class Pieces implements Transport {

        private final byte[] sizes;
        private final byte[] stream;
        private int reads;
        int at;

        Pieces(byte[] sizes, byte[] stream) {
            this.sizes = sizes;
            this.stream = stream;
        }

        @Override
        public int read(ByteBuffer into) {
            if (at == stream.length) {
                return -1;
            }
            int piece = 1 + (sizes[reads++ % PIECES] & 0xFF);
            int count = Math.min(piece, Math.min(into.remaining(), stream.length - at));
            into.put(stream, at, count);
            at += count;
            return count;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            return 0;
        }

        @Override
        public void wantWritable() {}

        @Override
        public void close() {}

        @Override
        public @Nullable String peer() {
            return null;
        }
    }
}
