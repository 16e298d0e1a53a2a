package dev.tubepost.bench.jmh;

import dev.tubepost.Compression;
import dev.tubepost.internal.batch.Compressor;
import dev.tubepost.internal.batch.Compressors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A batch of JSON, compressed in one shot from segments, with a context from the pool. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompressorBenchmark {

    private static final int SEGMENT_BYTES = 16 << 10;

    @Param({"gzip", "snappy", "lz4", "zstd"})
    public String codec = "lz4";

    /** Bytes of a batch. */
    @Param({"1024", "16384", "262144"})
    public int size = SEGMENT_BYTES;

    private ByteBuffer[] segments = {};
    private ByteBuffer target = ByteBuffer.allocateDirect(0);

    @SuppressWarnings("NullAway.Init") // set before each trial
    private Compressor compressor;

    @Setup
    public void open() {
        Compression compression = switch (codec) {
            case "gzip" -> Compression.gzip();
            case "snappy" -> Compression.snappy();
            case "lz4" -> Compression.lz4();
            default -> Compression.zstd();
        };
        compressor = Objects.requireNonNull(Compressors.of(compression));
        target = ByteBuffer.allocateDirect(compressor.maxCompressedSize(size));
        segments = segments(json(size));
    }

    private static byte[] json(int bytes) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(bytes + 128);
        while (text.length() < bytes) {
            text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"user\":\"u");
            text.append(random.nextInt(5000))
                    .append("\",\"action\":\"")
                    .append(random.nextBoolean() ? "open" : "close");
            text.append("\",\"amount\":").append(random.nextInt(10_000) / 100.0).append("}\n");
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer[] segments(byte[] bytes) {
        int count = (bytes.length + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
        ByteBuffer[] segments = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            int from = i * SEGMENT_BYTES;
            int length = Math.min(SEGMENT_BYTES, bytes.length - from);
            segments[i] =
                    ByteBuffer.allocateDirect(length).put(bytes, from, length).flip();
        }
        return segments;
    }

    @Benchmark
    public boolean oneShot() {
        return compressor.compress(segments, segments.length, target.clear());
    }

    @TearDown
    public void close() {
        compressor.close();
    }
}
