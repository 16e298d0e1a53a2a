package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.TimeSpent;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;

/** The life of a batch; its bytes are read by Apache's own classes. */
final class RecordBatchTest {

    private static final RecordHeader[] NO_HEADERS = {};

    private final BufferPool pool = new BufferPool();
    private final FlushLedger ledger = new FlushLedger();
    private final RecordBatch batch =
            new RecordBatch(new BatchOutcome("topic", 4), 1_000, 1_700_000_000_000L).in(ledger.enter());

    @Test
    void itsBytesAreAKafkaBatchWithEveryRecord() {
        fill(100);
        seal();
        List<String> values = read();
        assertThat(values).hasSize(100).startsWith("value 0").endsWith("value 99");
        assertThat(batch.wireBytes()).isEqualTo(size(batch.wire()));
    }

    @Test
    void itGrowsInSegmentsAndStaysOneBatch() {
        fill(2_000);
        seal();
        assertThat(batch.wire().length).isGreaterThan(3);
        assertThat(read()).hasSize(2_000);
    }

    @Test
    void theChecksumThatIsTakenAlongIsThatOfAllSegments() {
        batch.takeChecksumAlong();
        for (int bytes : new int[] {1024, 4096, BufferPool.MAX_BYTES, 2 * BufferPool.MAX_BYTES, 1024}) {
            batch.addSegment(pool.take(bytes), bytes);
            while (batch.hasRoom(64)) {
                append(batch.recordCount());
            }
        }
        seal();
        assertThat(batch.hasChecksum()).isTrue();
        assertThat(read()).hasSize(batch.recordCount());
        assertThat(batch.isSound()).isTrue();
    }

    @Test
    void theChecksumIsTakenAnewWithoutWhatWasCancelled() {
        batch.takeChecksumAlong();
        fill(5);
        batch.close();
        assertThat(batch.cancel(3, cancelled())).isTrue();
        BatchRewrite.withoutCancelled(batch, pool);
        batch.keepRaw();
        assertThat(batch.hasChecksum()).isFalse();
        assertThat(read()).containsExactly("value 0", "value 1", "value 2", "value 4");
    }

    @Test
    void theChecksumIsTakenAlongFromTheFirstRecordOrNotAtAll() {
        fill(1);
        assertThatThrownBy(batch::takeChecksumAlong).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itsBytesAreTheSameForEveryAttempt() {
        fill(10);
        seal();
        ByteBuffer first = joined();
        batch.drain(2_000);
        batch.uncarry();
        batch.backToReady(true, true);
        batch.drain(3_000);
        assertThat(joined()).isEqualTo(first);
        assertThat(batch.hasUnknownAttempt()).isTrue();
        assertThat(batch.countedAttempts()).isEqualTo(1);
        assertThat(batch.outcome().attempts()).isEqualTo(2);
    }

    @Test
    void aCancelledMessageIsLeftOutAndOffsetsCloseTheGap() {
        fill(5);
        assertThat(batch.cancel(1, cancelled())).isTrue();
        batch.close();
        assertThat(batch.cancel(3, cancelled())).isTrue();
        assertThat(batch.outstandingCount()).isEqualTo(3);
        BatchRewrite.withoutCancelled(batch, pool);
        batch.keepRaw();
        assertThat(read()).containsExactly("value 0", "value 2", "value 4");
        batch.drain(2_000);
        batch.deliver(100, -1);
        BatchOutcome outcome = batch.outcome();
        assertThat(new long[] {
                    outcome.offset(0), outcome.offset(1), outcome.offset(2), outcome.offset(3), outcome.offset(4)
                })
                .containsExactly(100, -1, 101, -1, 102);
        assertThat(outcome.failure(1)).isInstanceOf(MessageCancelledException.class);
        assertThat(outcome.failure(2)).isNull();
    }

    @Test
    void aMessageIsCancelledWhileItsBatchWaitsReady() { // N13
        fill(5);
        assertThat(batch.cancel(1, cancelled())).isTrue();
        batch.close();
        BatchRewrite.withoutCancelled(batch, pool);
        batch.keepRaw();
        assertThat(batch.cancel(3, cancelled())).isTrue();
        assertThat(Completion.failure(batch, 3, cancelled()).value()).isEqualTo(bytes("value 3"));
        batch.reopen(pool);
        BatchRewrite.withoutCancelled(batch, pool);
        batch.keepRaw();
        assertThat(batch.hasCancelled()).isFalse();
        assertThat(read()).containsExactly("value 0", "value 2", "value 4");
        assertThat(pool.usedBytes()).isEqualTo(batch.heldBytes());
    }

    @Test
    void whatFailsBeforeItIsWrittenAnewLeavesOutAllThatWereCancelled() {
        fill(5);
        batch.cancel(1, cancelled());
        batch.close();
        BatchRewrite.withoutCancelled(batch, pool);
        batch.keepRaw();
        batch.cancel(3, cancelled());
        assertThat(Completion.failures(batch, cancelled()))
                .extracting(FailedMessage::value)
                .containsExactly(bytes("value 0"), bytes("value 2"), bytes("value 4"));
    }

    @Test
    void theCompressedFormIsGivenBackOnceWhenAMessageIsCancelled() {
        fill(2);
        batch.close();
        batch.beginCompression();
        assertThat(batch.cancel(0, cancelled())).isTrue();
        batch.endCompression(pool.take(4096), 1);
        batch.reopen(pool);
        assertThat(pool.usedBytes()).isEqualTo(2048);
        assertThat(batch.staysRaw()).isFalse();
        batch.keepRaw();
        batch.reopen(pool);
        assertThat(pool.usedBytes()).isEqualTo(2048);
        assertThat(batch.staysRaw()).isTrue();
    }

    @Test
    void nothingIsCancelledOnceItWasDrained() { // design promise 3
        fill(2);
        seal();
        batch.drain(2_000);
        batch.uncarry();
        assertThat(batch.cancel(0, cancelled())).isFalse();
        batch.backToReady(false, true);
        assertThat(batch.cancel(0, cancelled())).isFalse();
        assertThatThrownBy(() -> batch.reopen(pool)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsCancelledOnceItHasItsNumbersOrWasTakenOutToFail() {
        fill(2);
        batch.close();
        batch.take();
        assertThat(batch.cancel(0, cancelled())).isFalse();
        var other = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(ledger.enter());
        other.addSegment(pool.take(2048), 2048);
        other.append(null, bytes("value"), NO_HEADERS, 0);
        other.close();
        other.keepRaw();
        other.stamp(new Stamp(1, (short) 0, 0, 0));
        assertThat(other.cancel(0, cancelled())).isFalse();
    }

    @Test
    void aFailedBatchGivesItsMessagesBackAsBytesButNoCancelledOnes() {
        fill(3);
        batch.cancel(0, cancelled());
        batch.close();
        List<FailedMessage> failures = Completion.failures(batch, cancelled());
        assertThat(failures).extracting(FailedMessage::value).containsExactly(bytes("value 1"), bytes("value 2"));
        assertThat(failures.get(0).key()).isEqualTo(bytes("key 1"));
        assertThat(failures.get(0).timestampMillis()).isEqualTo(1_700_000_000_001L);
        assertThat(failures.get(0).partition()).isEqualTo(4);
    }

    @Test
    void itsBuffersStayWhileARequestCarriesIt() {
        fill(10);
        seal();
        batch.drain(2_000);
        batch.fail(cancelled());
        assertThat(batch.tryFree(pool)).isZero();
        assertThat(batch.isFreed()).isFalse();
        batch.uncarry();
        assertThat(batch.tryFree(pool)).isEqualTo(2048);
        assertThat(batch.isFreed()).isTrue();
        assertThat(batch.tryFree(pool)).as("a second time").isZero();
    }

    @Test
    void forbiddenTransitionsAreRefused() {
        assertThatThrownBy(batch::keepRaw).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.drain(0)).isInstanceOf(IllegalStateException.class);
        fill(1);
        seal();
        assertThatThrownBy(batch::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.backToReady(false, false)).isInstanceOf(IllegalStateException.class);
        batch.drain(0);
        assertThatThrownBy(() -> batch.drain(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOutcomeIsGivenOnce() {
        fill(1);
        seal();
        batch.drain(0);
        batch.deliver(1, -1);
        assertThatThrownBy(() -> batch.fail(cancelled())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMessageOfAnOlderGenerationTakesTheBatchThere() {
        FlushLedger fresh = new FlushLedger();
        FlushLedger.Generation older = fresh.enter();
        var flush = fresh.flush();
        var later = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(fresh.enter());
        later.joinGeneration(older);
        older.release();
        assertThat(flush).isNotDone();
        later.generation().release();
        assertThat(flush).isDone();
    }

    private void fill(int messages) {
        for (int i = 0; i < messages; i++) {
            if (!batch.hasRoom(64)) {
                batch.addSegment(pool.take(2048), 2048);
            }
            append(i);
        }
    }

    private void append(int i) {
        assertThat(batch.append(bytes("key " + i), bytes("value " + i), NO_HEADERS, 1_700_000_000_000L + i))
                .isEqualTo(i);
    }

    private void seal() {
        batch.close();
        batch.keepRaw();
    }

    private List<String> read() {
        var records = MemoryRecords.readableRecords(joined());
        List<String> values = new ArrayList<>();
        records.batches().forEach(read -> {
            read.ensureValid();
            read.forEach(record ->
                    values.add(StandardCharsets.UTF_8.decode(record.value()).toString()));
        });
        return values;
    }

    private ByteBuffer joined() {
        ByteBuffer joined = ByteBuffer.allocate(batch.wireBytes());
        for (ByteBuffer part : batch.wire()) {
            joined.put(part);
        }
        return joined.flip();
    }

    private static int size(ByteBuffer[] parts) {
        int size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        return size;
    }

    private static DeliveryException cancelled() {
        return new MessageCancelledException(
                "cancelled", DeliveryException.Details.notSent("topic", 4, Duration.ZERO, TimeSpent.NONE), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
