package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CompressionTest {

    @Test
    void eachCodecHasItsDefaultLevel() {
        assertThat(Compression.none()).hasToString("none");
        assertThat(Compression.gzip().level()).isEqualTo(-1);
        assertThat(Compression.gzip()).hasToString("gzip");
        assertThat(Compression.snappy()).hasToString("snappy");
        assertThat(Compression.lz4().level()).isEqualTo(Compression.LZ4_FAST_LEVEL);
        assertThat(Compression.lz4()).hasToString("lz4");
        assertThat(Compression.zstd()).isEqualTo(Compression.zstd(1)).hasToString("zstd:1");
    }

    @Test
    void codecsHaveTheNumbersOfTheRecordFormat() {
        assertThat(List.of(Compression.Type.values()))
                .extracting(Compression.Type::id)
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void levelsAreCheckedAtTheirLimits() {
        assertThat(List.of(Compression.gzip(1), Compression.gzip(9))).doesNotContainNull();
        assertThat(List.of(Compression.lz4(1), Compression.lz4(17))).doesNotContainNull();
        assertThat(List.of(Compression.zstd(-131072), Compression.zstd(22))).doesNotContainNull();
        refused(() -> Compression.gzip(0), "gzip level 0: must be 1 to 9 or -1 (the JDK's choice)");
        refused(() -> Compression.gzip(10), "gzip level 10: must be 1 to 9 or -1 (the JDK's choice)");
        refused(() -> Compression.lz4(-1), "lz4 level -1: must be 0 to 17 (0: the fast compressor)");
        refused(() -> Compression.lz4(18), "lz4 level 18: must be 0 to 17 (0: the fast compressor)");
        refused(() -> Compression.zstd(-131073), "zstd level -131073: must be -131072 to 22");
        refused(() -> Compression.zstd(23), "zstd level 23: must be -131072 to 22");
    }

    private static void refused(Supplier<Compression> level, String message) {
        assertThatIllegalArgumentException().isThrownBy(level::get).withMessage(message);
    }

    @Test
    void equalityIsByCodecAndLevel() {
        assertThat(Compression.gzip(3)).isEqualTo(Compression.gzip(3)).hasSameHashCodeAs(Compression.gzip(3));
        assertThat(Compression.gzip(3)).isNotEqualTo(Compression.gzip(4)).isNotEqualTo(Compression.zstd(3));
    }
}
