package dev.tubepost.internal.batch;

import dev.tubepost.Compression;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded input for codecs, whole and cut into segments. */
final class Samples {

    private Samples() {}

    /** Every codec, at its default level and at the ends of its range. */
    static List<Compression> everyCodec() {
        return List.of(
                Compression.gzip(),
                Compression.gzip(1),
                Compression.gzip(9),
                Compression.snappy(),
                Compression.lz4(),
                Compression.lz4(1),
                Compression.lz4(9),
                Compression.lz4(17),
                Compression.zstd(),
                Compression.zstd(-5),
                Compression.zstd(0),
                Compression.zstd(19));
    }

    /** Lines of JSON, as messages of services look. */
    static byte[] json(int bytes, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(bytes + 128);
        while (text.length() < bytes) {
            text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"user\":\"u");
            text.append(random.nextInt(5000))
                    .append("\",\"action\":\"")
                    .append(random.nextBoolean() ? "open" : "close");
            text.append("\",\"amount\":").append(random.nextInt(10_000) / 100.0).append("}\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), bytes);
    }

    /** Bytes that no codec makes smaller. */
    static byte[] noise(int bytes, long seed) {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    /** One direct segment. */
    static ByteBuffer[] whole(byte[] bytes) {
        return new ByteBuffer[] {direct(bytes, 0, bytes.length)};
    }

    /** Direct segments cut anywhere, some of them empty. */
    static ByteBuffer[] cut(byte[] bytes, int largestSegment, Random random) {
        List<ByteBuffer> segments = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(random.nextInt(largestSegment + 1), bytes.length - from);
            segments.add(direct(bytes, from, length));
            from += length;
        }
        return segments.toArray(ByteBuffer[]::new);
    }

    /** A segment that starts inside its buffer and ends before its buffer does, as records do behind a batch's header. */
    private static ByteBuffer direct(byte[] bytes, int from, int length) {
        ByteBuffer segment = ByteBuffer.allocateDirect(length + 10);
        segment.position(7).limit(7 + length);
        segment.put(segment.position(), bytes, from, length);
        return segment;
    }

    /** What was written into a target between two positions. */
    static byte[] bytes(ByteBuffer target, int from, int to) {
        byte[] written = new byte[to - from];
        target.get(from, written);
        return written;
    }
}
