package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressors shared by threads, and what is left of them. */
final class CompressorThreadsTest {

    private static final int THREADS = 8;

    static List<Compression> oneOfEachCodec() {
        return List.of(Compression.gzip(), Compression.snappy(), Compression.lz4(), Compression.zstd());
    }

    @ParameterizedTest
    @MethodSource("oneOfEachCodec")
    void manyThreadsShareOneCompressor(Compression compression) throws Exception {
        try (Compressor compressor = Objects.requireNonNull(Compressors.of(compression))) {
            List<Integer> decoded = onThreads(thread -> compressAndDecode(compression, compressor, 30, thread));
            assertThat(decoded).hasSize(THREADS).containsOnly(30);
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachCodec")
    void compressionsUnderWayEndAsUsualWhenTheCompressorIsClosed(Compression compression) throws Exception {
        Compressor compressor = Objects.requireNonNull(Compressors.of(compression));
        List<Integer> decoded = onThreads(thread -> {
            if (thread == 0) {
                compressor.close();
                return 20;
            }
            return compressAndDecode(compression, compressor, 20, thread);
        });
        assertThat(decoded).hasSize(THREADS).containsOnly(20);
    }

    @Test
    void contextsAreKeptForTheNextBatch() {
        var opened = new AtomicInteger();
        var pool = new ContextPool(() -> new CountedContext(opened));
        CodecContext first = pool.take();
        CodecContext second = pool.take();
        pool.give(first);
        pool.give(second);
        assertThat(List.of(pool.take(), pool.take())).containsExactlyInAnyOrder(first, second);
        assertThat(opened).hasValue(2);
    }

    @Test
    void contextsBeyondTheLimitAreClosed() {
        var open = new AtomicInteger();
        var pool = new ContextPool(() -> new CountedContext(open));
        List<CodecContext> taken = new ArrayList<>();
        for (int i = 0; i < ContextPool.SLOTS + 3; i++) {
            taken.add(pool.take());
        }
        taken.forEach(pool::give);
        assertThat(open).hasValue(ContextPool.SLOTS);
        pool.close();
        assertThat(open).hasValue(0);
    }

    @Test
    void aContextThatComesBackAfterTheEndIsClosed() {
        var open = new AtomicInteger();
        var pool = new ContextPool(() -> new CountedContext(open));
        CodecContext late = pool.take();
        pool.close();
        assertThat(open).hasValue(1);
        pool.give(late);
        assertThat(open).hasValue(0);
    }

    private static int compressAndDecode(Compression compression, Compressor compressor, int batches, int thread)
            throws IOException {
        Random random = new Random(thread);
        int decoded = 0;
        for (int batch = 0; batch < batches; batch++) {
            byte[] bytes = Samples.json(1 + random.nextInt(60_000), random.nextLong());
            ByteBuffer[] segments = Samples.cut(bytes, 4096, random);
            ByteBuffer target = ByteBuffer.allocateDirect(compressor.maxCompressedSize(bytes.length));
            assertThat(compressor.compress(segments, segments.length, target)).isTrue();
            byte[] compressed = Samples.bytes(target, 0, target.position());
            assertThat(Decoders.byLibrary(compression, compressed)).isEqualTo(bytes);
            decoded++;
        }
        return decoded;
    }

    private interface Work {
        int run(int thread) throws Exception;
    }

    private static List<Integer> onThreads(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> work.run(thread));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> done : executor.invokeAll(tasks, 20, TimeUnit.SECONDS)) {
                results.add(done.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Counts the open ones. */
    private static final class CountedContext implements CodecContext {
        private final AtomicInteger open;

        CountedContext(AtomicInteger open) {
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public boolean compress(ByteBuffer[] sources, int count, ByteBuffer target) {
            return true;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
