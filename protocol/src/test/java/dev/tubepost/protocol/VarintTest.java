package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;

final class VarintTest {

    private static final int[] INTS = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE};

    @Test
    void writesWhatApacheWritesAndReadsItBack() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            int value = i < INTS.length ? INTS[i] : random.nextInt() >> random.nextInt(32);
            ByteBuffer ours = ByteBuffer.allocate(10);
            Varint.write(ours, value);
            ByteBuffer theirs = ByteBuffer.allocate(10);
            ByteUtils.writeVarint(value, theirs);
            assertThat(ours.flip()).isEqualTo(theirs.flip());
            assertThat(Varint.sizeOf(value)).isEqualTo(ours.remaining());
            assertThat(Varint.read(ours)).isEqualTo(value);
        }
    }

    @Test
    void writesLongsAsApacheDoes() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            long value = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong() >> random.nextInt(64);
            ByteBuffer ours = ByteBuffer.allocate(10);
            Varint.writeLong(ours, value);
            ByteBuffer theirs = ByteBuffer.allocate(10);
            ByteUtils.writeVarlong(value, theirs);
            assertThat(ours.flip()).isEqualTo(theirs.flip());
            assertThat(Varint.sizeOfLong(value)).isEqualTo(ours.remaining());
            assertThat(Varint.readLong(ours)).isEqualTo(value);
        }
    }

    @Test
    void writesUnsignedOnesAsApacheDoes() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            int value = i == 0 ? -1 : random.nextInt() >>> random.nextInt(32);
            ByteBuffer ours = ByteBuffer.allocate(10);
            Varint.writeUnsigned(ours, value);
            ByteBuffer theirs = ByteBuffer.allocate(10);
            ByteUtils.writeUnsignedVarint(value, theirs);
            assertThat(ours.flip()).isEqualTo(theirs.flip());
            assertThat(Varint.sizeOfUnsigned(value)).isEqualTo(ours.remaining());
            assertThat(Varint.readUnsigned(ours)).isEqualTo(value);
        }
    }

    @Test
    void refusesWhatIsTooLongOrCut() {
        assertThatThrownBy(() -> Varint.readUnsigned(bytes(0x80, 0x80, 0x80, 0x80, 0x80, 1)))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> Varint.readUnsigned(bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x1F)))
                .as("33 bits")
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> Varint.readUnsigned(bytes(0x80))).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> Varint.readLong(bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02)))
                .as("65 bits")
                .isInstanceOf(MalformedMessageException.class);
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
