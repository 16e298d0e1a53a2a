package dev.tubepost.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A server that verifies notices what is wrong. */
final class BatchCheckTest {

    private static final RecordHeader[] NO_HEADERS = {};

    @Test
    void aSealedBatchIsSound() {
        assertThat(BatchCheck.isSound(batch(0, 1, 2))).isTrue();
        assertThat(BatchCheck.recordCount(batch(0, 1, 2))).isEqualTo(3);
    }

    @Test
    void anyChangedByteIsNoticed() {
        ByteBuffer batch = batch(0, 1, 2);
        for (int at = 0; at < batch.limit(); at++) {
            boolean assignedByTheBroker = at < 8 || (at >= 12 && at < 16);
            batch.put(at, (byte) (batch.get(at) ^ 1));
            assertThat(BatchCheck.isSound(batch)).as("byte %s", at).isEqualTo(assignedByTheBroker);
            batch.put(at, (byte) (batch.get(at) ^ 1));
        }
    }

    @Test
    void offsetsThatSkipAreNoticed() {
        assertThat(BatchCheck.isSound(batch(0, 2, 3))).isFalse();
    }

    private static ByteBuffer batch(int... offsetDeltas) {
        ByteBuffer batch = ByteBuffer.allocate(1000).position(RecordBatchHeader.BYTES);
        for (int delta : offsetDeltas) {
            RecordFormat.write(batch, delta, delta, null, new byte[20], NO_HEADERS);
        }
        int count = offsetDeltas.length;
        batch.flip();
        new RecordBatchHeader(0, count - 1, 0, 2, -1, (short) -1, -1, count)
                .seal(new ByteBuffer[] {batch}, batch.limit());
        return batch.slice();
    }
}
