package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class JoinedChecksumTest {

    @Test
    void isTheChecksumOfBothPieces() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int cut = random.nextInt(100);
            byte[] bytes = new byte[cut + random.nextInt(1 << random.nextInt(18))];
            random.nextBytes(bytes);

            int joined = JoinedChecksum.of(of(bytes, 0, cut), of(bytes, cut, bytes.length), bytes.length - cut);

            assertThat(joined).as("seed %s", seed).isEqualTo(of(bytes, 0, bytes.length));
        }
    }

    @Test
    void emptyPiecesChangeNothing() {
        byte[] bytes = {1, 2, 3};
        int checksum = of(bytes, 0, 3);
        assertThat(JoinedChecksum.of(checksum, of(bytes, 0, 0), 0)).isEqualTo(checksum);
        assertThat(JoinedChecksum.of(of(bytes, 0, 0), checksum, 3)).isEqualTo(checksum);
    }

    private static int of(byte[] bytes, int from, int to) {
        var crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
