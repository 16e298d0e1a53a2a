package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.tubepost.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every codec, one batch at a time, against decoders that are not ours. */
final class CompressorTest {

    private static final int BEFORE_TARGET = 61;

    /** zstd's entropy coder writes whole words, and wants room for them. */
    private static final int ZSTD_SPARE_BYTES = 16;

    static List<Compression> everyCodec() {
        return Samples.everyCodec();
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void otherDecodersReadEverySize(Compression compression) throws IOException {
        int[] sizes = {1, 2, 60, 61, 62, 1000, 2048, 16_384, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 200_000};
        try (Compressor compressor = compressor(compression)) {
            for (int size : sizes) {
                byte[] json = Samples.json(size, size);
                assertDecodes(compression, compressor, json, Samples.whole(json));
                byte[] noise = Samples.noise(size, size);
                assertDecodes(compression, compressor, noise, Samples.whole(noise));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void otherDecodersReadAMegabyteAndOneLargeRecord(Compression compression) throws IOException {
        Random random = new Random(7);
        try (Compressor compressor = compressor(compression)) {
            byte[] batch = Samples.json(1 << 20, 1);
            assertDecodes(compression, compressor, batch, Samples.cut(batch, 65_536, random));
            byte[] record = Samples.noise(900_000, 2);
            assertDecodes(compression, compressor, record, Samples.cut(record, 65_536, random));
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void segmentsMayBeCutAnywhere(Compression compression) throws IOException {
        Random random = new Random(compression.hashCode());
        try (Compressor compressor = compressor(compression)) {
            for (int round = 0; round < 15; round++) {
                int size = random.nextInt(150_000);
                byte[] bytes = random.nextInt(4) == 0 ? Samples.noise(size, round) : Samples.json(size, round);
                int largestSegment = 1 << (3 + random.nextInt(15));
                assertDecodes(
                        compression,
                        compressor,
                        bytes,
                        Samples.cut(bytes, Math.max(largestSegment, size / 500), random));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void nothingBecomesAnEmptyStream(Compression compression) throws IOException {
        try (Compressor compressor = compressor(compression)) {
            assertDecodes(compression, compressor, new byte[0], new ByteBuffer[0]);
            assertDecodes(compression, compressor, new byte[0], Samples.whole(new byte[0]));
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void readsOnlyAsManySegmentsAsItIsTold(Compression compression) throws IOException {
        byte[] first = Samples.json(5000, 3);
        ByteBuffer[] segments = {Samples.whole(first)[0], Samples.whole(Samples.noise(5000, 3))[0]};
        ByteBuffer target = ByteBuffer.allocateDirect(20_000);
        try (Compressor compressor = compressor(compression)) {
            assertThat(compressor.compress(segments, 1, target)).isTrue();
        }
        assertThat(Decoders.byConsumer(compression, Samples.bytes(target, 0, target.position())))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void leavesTheTargetsPositionWhenItDoesNotFit(Compression compression) {
        byte[] bytes = Samples.json(40_000, 4);
        ByteBuffer[] segments = Samples.cut(bytes, 9000, new Random(4));
        try (Compressor compressor = compressor(compression)) {
            int needed = sizeOf(compressor, segments);
            for (int room : new int[] {0, 1, 3, 9, 10, 15, 16, 20, needed / 2, needed - 5, needed - 1}) {
                ByteBuffer target = target(room);
                assertThat(compressor.compress(segments, segments.length, target))
                        .as("room %s of %s", room, needed)
                        .isFalse();
                assertThat(target.position()).isEqualTo(BEFORE_TARGET);
                assertThat(target.limit()).isEqualTo(BEFORE_TARGET + room);
                assertNothingAround(target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void needsNoMoreRoomThanTheOutputTakes(Compression compression) throws IOException {
        for (int size : new int[] {61, 5000, 33_000, 70_000}) {
            byte[] bytes = Samples.json(size, size);
            ByteBuffer[] segments = Samples.cut(bytes, 9000, new Random(size));
            try (Compressor compressor = compressor(compression)) {
                int spare = compression.type() == Compression.Type.ZSTD ? ZSTD_SPARE_BYTES : 0;
                ByteBuffer target = target(sizeOf(compressor, segments) + spare);
                assertThat(compressor.compress(segments, segments.length, target))
                        .isTrue();
                assertThat(target.remaining()).isEqualTo(spare);
                assertNothingAround(target);
                byte[] compressed = Samples.bytes(target, BEFORE_TARGET, target.position());
                assertThat(Decoders.byLibrary(compression, compressed)).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void noiseDoesNotFitIntoItsOwnSize(Compression compression) {
        byte[] noise = Samples.noise(300_000, 5);
        ByteBuffer[] segments = Samples.cut(noise, 65_536, new Random(5));
        try (Compressor compressor = compressor(compression)) {
            assertThat(compressor.compress(segments, segments.length, target(noise.length)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void aFailureLeavesTheCompressorUsable(Compression compression) throws IOException {
        byte[] bytes = Samples.json(50_000, 6);
        ByteBuffer[] oneSegment = Samples.whole(bytes);
        ByteBuffer target = target(60_000);
        try (Compressor compressor = compressor(compression)) {
            assertThatThrownBy(() -> compressor.compress(oneSegment, 2, target))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("can be sent uncompressed");
            assertThat(target.position()).isEqualTo(BEFORE_TARGET);
            assertDecodes(compression, compressor, bytes, Samples.whole(bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void tellsTheNumberThatBatchesCarry(Compression compression) {
        try (Compressor compressor = compressor(compression)) {
            assertThat(compressor.attribute())
                    .isEqualTo(compression.type().id())
                    .isBetween(1, 4);
            assertThat(compressor.maxCompressedSize(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void noneIsNoCompressor() {
        assertThat(Compressors.of(Compression.none())).isNull();
    }

    @Test
    void theLz4HeadersChecksumIsTheLibrarys() {
        byte[] frame = compressed(Compression.lz4(), Samples.json(1000, 8));
        int hash = XXHashFactory.fastestInstance().hash32().hash(frame, 4, 2, 0);
        assertThat(frame[6]).isEqualTo((byte) (hash >> 8));
    }

    @Test
    void aZstdFrameTellsItsContentsSize() {
        assertThat(Zstd.getFrameContentSize(compressed(Compression.zstd(), Samples.json(1000, 9))))
                .isEqualTo(1000);
    }

    @Test
    void higherLevelsAreSmaller() {
        byte[] json = Samples.json(200_000, 10);
        assertThat(compressed(Compression.gzip(9), json)).hasSizeLessThan(compressed(Compression.gzip(1), json).length);
        assertThat(compressed(Compression.lz4(9), json)).hasSizeLessThan(compressed(Compression.lz4(), json).length);
        assertThat(compressed(Compression.zstd(19), json))
                .hasSizeLessThan(compressed(Compression.zstd(-5), json).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000, 16_000, 100_000, 200_000, 400_000})
    void zstdsOwnDefaultLevelIsNoLargerThanItsStream(int bytes) throws IOException { // as which other clients send it
        byte[] json = Samples.json(bytes, 12);
        var stream = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(stream, 3)) {
            zstd.write(json);
        }
        int most = stream.size() + stream.size() / 200;
        assertThat(compressed(Compression.zstd(3), json)).hasSizeLessThanOrEqualTo(most);
        assertThat(compressed(Compression.zstd(0), json)).hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @MethodSource("everyCodec")
    void smallSegmentsCompressAsWellAsOneLarge(Compression compression) {
        byte[] json = Samples.json(100_000, 11);
        ByteBuffer[] segments = Samples.cut(json, 2048, new Random(11));
        try (Compressor compressor = compressor(compression)) {
            int whole = sizeOf(compressor, Samples.whole(json));
            assertThat(sizeOf(compressor, segments)).isBetween(whole - whole / 100, whole + whole / 100);
        }
    }

    private static void assertDecodes(
            Compression compression, Compressor compressor, byte[] bytes, ByteBuffer[] segments) throws IOException {
        ByteBuffer[] before = Arrays.stream(segments).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
        ByteBuffer target = target(compressor.maxCompressedSize(bytes.length));

        assertThat(compressor.compress(segments, segments.length, target)).isTrue();

        assertThat(segments).isEqualTo(before);
        assertThat(target.limit()).isEqualTo(target.capacity() - 1);
        assertNothingAround(target);
        byte[] compressed = Samples.bytes(target, BEFORE_TARGET, target.position());
        assertThat(Decoders.byConsumer(compression, compressed)).isEqualTo(bytes);
        assertThat(Decoders.byLibrary(compression, compressed)).isEqualTo(bytes);
    }

    /** A target with a byte after its end, and some before its start. */
    private static ByteBuffer target(int room) {
        return ByteBuffer.allocateDirect(BEFORE_TARGET + room + 1)
                .position(BEFORE_TARGET)
                .limit(BEFORE_TARGET + room);
    }

    private static void assertNothingAround(ByteBuffer target) {
        ByteBuffer all = target.duplicate().clear();
        assertThat(Samples.bytes(all, 0, BEFORE_TARGET)).containsOnly(0);
        assertThat(all.get(all.capacity() - 1)).isZero();
    }

    private static int sizeOf(Compressor compressor, ByteBuffer[] segments) {
        int bytes = Arrays.stream(segments).mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer target = ByteBuffer.allocateDirect(compressor.maxCompressedSize(bytes));
        assertThat(compressor.compress(segments, segments.length, target)).isTrue();
        return target.position();
    }

    private static byte[] compressed(Compression compression, byte[] bytes) {
        try (Compressor compressor = compressor(compression)) {
            ByteBuffer target = ByteBuffer.allocateDirect(compressor.maxCompressedSize(bytes.length));
            assertThat(compressor.compress(Samples.whole(bytes), 1, target)).isTrue();
            return Samples.bytes(target, 0, target.position());
        }
    }

    private static Compressor compressor(Compression compression) {
        return Objects.requireNonNull(Compressors.of(compression));
    }
}
