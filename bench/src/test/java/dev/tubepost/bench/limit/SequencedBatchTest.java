package dev.tubepost.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.bench.load.Values;
import dev.tubepost.protocol.RecordBatchHeader;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SequencedBatchTest {

    private static final EncodedRecords RECORDS = EncodedRecords.fill(Values.lines(Values.DIFFERENT, 100), 10_000);

    @Test
    void checksumsOfAllSequencesAreRight() {
        var batch = new SequencedBatch(0, RECORDS, new ProducerIdentity(7, (short) 1), 1, null);
        var checksum = SequenceChecksum.of(batch.buffers());
        int zero = RecordBatchHeader.checksum(batch.buffers());
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            int sequence = random.nextInt() & Integer.MAX_VALUE;
            batch.buffers()[0].putInt(SequencedBatch.BASE_SEQUENCE_AT, sequence);
            assertThat(checksum.with(zero, sequence))
                    .as("sequence %d", sequence)
                    .isEqualTo(RecordBatchHeader.checksum(batch.buffers()));
        }
    }

    @Test
    void eachBatchGoesOnWhereTheOneBeforeEnded() {
        var first = new SequencedBatch(0, RECORDS, new ProducerIdentity(7, (short) 1), 1, null);
        var second = new SequencedBatch(1, RECORDS, new ProducerIdentity(7, (short) 1), 1, first);
        for (int i = 0; i < 5; i++) {
            first.advance();
            second.advance();
            assertThat(sequence(first)).isEqualTo(i * RECORDS.count());
            assertThat(sequence(second)).isEqualTo(i * RECORDS.count());
            assertThat(RecordBatchHeader.isSound(first.buffers())).isTrue();
            assertThat(RecordBatchHeader.isSound(second.buffers())).isTrue();
        }
    }

    @Test
    void aBatchWithoutProducerStaysAsItIs() {
        var batch = new SequencedBatch(0, RECORDS, ProducerIdentity.NONE, 1, null);
        for (int i = 0; i < 3; i++) {
            batch.advance();
            assertThat(sequence(batch)).isEqualTo(-1);
            assertThat(RecordBatchHeader.isSound(batch.buffers())).isTrue();
        }
    }

    @Test
    void aBatchIsAsFullAsItsBoundAllows() {
        int bytes = RecordBatchHeader.BYTES + RECORDS.view().remaining();
        int record = RECORDS.view().remaining() / RECORDS.count();
        assertThat(bytes).isBetween(10_000 - record - 1, 10_000);
        assertThat(EncodedRecords.fill(Values.lines(1, 500), 100).count()).isEqualTo(1);
    }

    private static int sequence(SequencedBatch batch) {
        return batch.buffers()[0].getInt(SequencedBatch.BASE_SEQUENCE_AT);
    }
}
