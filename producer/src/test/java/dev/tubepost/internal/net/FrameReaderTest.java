package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.Transport;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are found wherever reads end, and memory follows what was received, not what was claimed. */
final class FrameReaderTest {

    private static final int MAX_BYTES = 200 << 20;

    private final Bytes bytes = new Bytes();
    private final FrameReader reader = new FrameReader(MAX_BYTES);

    @ParameterizedTest
    @ValueSource(
            ints = {Integer.MIN_VALUE, -1, 0, 1, 3, MAX_BYTES + 1, Integer.MAX_VALUE, 0x48545450, 0x15030300, 0x5353482d
            })
    void aSizeThatCannotBeIsRefusedBeforeAnythingIsAllocated(int size) throws Exception { // F20
        bytes.next = ByteBuffer.allocate(4).putInt(0, size);
        int before = reader.capacity();
        reader.fill(bytes);
        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        FrameReader.BadFrameException.class,
                        e -> assertThat(e.size).isEqualTo(size));
        assertThat(reader.capacity()).isEqualTo(before);
    }

    @Test
    void aLargeFrameThatComesInDripsTakesNoMoreThanTwiceWhatWasReceived() throws Exception { // F21
        bytes.next = ByteBuffer.allocate(4).putInt(0, 100 << 20);
        reader.fill(bytes);
        int received = 4;
        for (int drip = 0; drip < 2_000; drip++) {
            bytes.next = ByteBuffer.allocate(1_000);
            received += reader.fill(bytes);
            assertThat(reader.next()).isNull();
            assertThat(reader.capacity()).isLessThanOrEqualTo(Math.max(4 * 1024, 2 * received));
        }
        assertThat(received).isGreaterThan(1_500_000);
    }

    @Test
    void theMemoryOfALargeFrameIsGivenBack() throws Exception {
        int size = 1 << 20;
        bytes.next = ByteBuffer.allocate(4 + size).putInt(0, size);
        while (bytes.next.hasRemaining()) {
            reader.fill(bytes);
        }
        assertThat(Objects.requireNonNull(reader.next()).remaining()).isEqualTo(size);
        reader.fill(bytes);
        assertThat(reader.capacity()).isEqualTo(4 * 1024);
    }

    /** Gives what the test has put there. */
    private static final class Bytes implements Transport {

        ByteBuffer next = ByteBuffer.allocate(0);

        @Override
        public int read(ByteBuffer into) {
            int count = Math.min(into.remaining(), next.remaining());
            into.put(next.slice(next.position(), count));
            next.position(next.position() + count);
            return count;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public void wantWritable() {
            throw new AssertionError("nothing is written");
        }

        @Override
        public void close() {}

        @Override
        public @Nullable String peer() {
            return null;
        }
    }
}
