package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.DeliveryException;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.TimeSpent;
import dev.tubepost.protocol.RecordHeader;
import dev.tubepost.protocol.RecordReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class BatchSplitTest {

    private final MessageCancelledException cancelled = new MessageCancelledException(
            "taken back", DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);

    private final BufferPool pool = new BufferPool();
    private final FlushLedger ledger = new FlushLedger();
    private final List<String> reported = new ArrayList<>();

    @Test
    void thePartsHoldTheRecordsInOrderAndAtMostHalfEach() {
        RecordBatch whole = ready(batch("a", "b", "c", "d", "e", "f", "g"));
        int bytes = whole.recordBytes();
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.recordBytes()).isLessThanOrEqualTo(bytes / 2);
            assertThat(part.state()).isEqualTo(RecordBatch.State.CLOSED);
        });
        assertThat(values(parts)).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void aRecordThatIsLargerThanHalfGoesAlone() {
        List<RecordBatch> parts = BatchSplit.split(ready(batch("a", "b".repeat(200), "c")), pool);
        assertThat(parts).extracting(RecordBatch::recordCount).containsExactly(1, 1, 1);
    }

    @Test
    void splittingAgainAndAgainEndsWithSingleRecords() { // KAFKA-8350
        List<RecordBatch> parts = new ArrayList<>(List.of(batch("aa", "b", "cccc", "d", "e", "ff")));
        for (int round = 0; round < 6; round++) {
            List<RecordBatch> smaller = new ArrayList<>();
            for (RecordBatch part : parts) {
                smaller.addAll(part.recordCount() < 2 ? List.of(part) : BatchSplit.split(ready(part), pool));
            }
            parts = smaller;
        }
        assertThat(parts).extracting(RecordBatch::recordCount).containsOnly(1);
        assertThat(values(parts)).containsExactly("aa", "b", "cccc", "d", "e", "ff");
    }

    @Test
    void handlesOfTheWholeSeeWhatBecomesOfTheParts() {
        RecordBatch whole = ready(batch("a", "b", "c", "d"));
        BatchOutcome handles = whole.outcome();
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        long offset = 40;
        for (RecordBatch part : parts) {
            part.keepRaw();
            part.deliver(offset, -1);
            offset += 10;
        }
        assertThat(handles.offset(0)).isEqualTo(40);
        assertThat(handles.offset(1)).isEqualTo(41);
        assertThat(handles.offset(2)).isEqualTo(50);
        assertThat(handles.offset(3)).isEqualTo(51);
    }

    @Test
    void aFlushWaitsForTheParts() { // KAFKA-9312
        RecordBatch whole = ready(batch("a", "b"));
        CompletableFuture<Void> flush = ledger.flush();
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        assertThat(flush).isNotDone();
        parts.get(0).generation().release();
        assertThat(flush).isNotDone();
        parts.get(1).generation().release();
        assertThat(flush).isDone();
    }

    @Test
    void thePartsTogetherAreChargedWhatTheWholeWas() {
        RecordBatch whole = ready(batch("a", "b".repeat(100), "c", "d".repeat(30)));
        long charged = whole.chargedBytes();
        int messages = whole.messageCount();
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        assertThat(parts.stream().mapToLong(RecordBatch::chargedBytes).sum()).isEqualTo(charged);
        assertThat(parts.stream().mapToInt(RecordBatch::messageCount).sum()).isEqualTo(messages);
        assertThat(whole.isFreed()).isTrue();
    }

    @Test
    void cancelledMessagesStayOut() {
        RecordBatch whole = batch("a", "b", "c", "d", "e");
        whole.cancel(0, cancelled);
        whole.cancel(3, cancelled);
        BatchRewrite.withoutCancelled(whole, pool);
        whole.keepRaw();
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        assertThat(values(parts)).containsExactly("b", "c", "e");
        assertThat(parts).noneMatch(RecordBatch::hasCancelled);
        assertThat(parts.stream().mapToInt(RecordBatch::outstandingCount).sum()).isEqualTo(3);
    }

    @Test
    void eachPartReportsItsOwnMessages() {
        RecordBatch whole = batch("a", "b", "c", "d");
        for (int i = 0; i < 4; i++) {
            whole.addReportable(reportable(i));
        }
        List<RecordBatch> parts = BatchSplit.split(ready(whole), pool);
        List<Reportable> second = Objects.requireNonNull(parts.get(1).reportables());
        second.forEach(Reportable::report);
        assertThat(reported).containsExactly("2", "3");
    }

    @Test
    void whatMayBeWrittenIsNotSplit() { // design promise 4
        RecordBatch whole = ready(batch("a", "b"));
        whole.drain(0);
        whole.uncarry();
        whole.backToReady(true, true);
        assertThatThrownBy(() -> BatchSplit.split(whole, pool)).isInstanceOf(IllegalStateException.class);
    }

    /** A buffer that somebody has spoilt stands for one that cannot be had. */
    @Test
    void withoutABufferTheWholeStaysAsItIs() { // F76
        RecordBatch whole = ready(batch("a", "b", "c", "d"));
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(pool.take(1_024));
        }
        all.forEach(pool::give);
        long used = pool.usedBytes();
        ByteBuffer spoilt = all.get(all.size() - 2); // the first part gets the last one
        spoilt.put(100, (byte) 0);
        assertThatThrownBy(() -> BatchSplit.split(whole, pool)).isInstanceOf(AssertionError.class);
        assertThat(pool.usedBytes()).isEqualTo(used + 1_024); // the spoilt one is lost, and no other
        assertThat(whole.state()).isEqualTo(RecordBatch.State.READY);
        List<RecordBatch> parts = BatchSplit.split(whole, pool);
        assertThat(values(parts)).containsExactly("a", "b", "c", "d");
        parts.get(0).keepRaw();
        parts.get(0).drain(0);
        Completion.deliver(parts.get(0), 40, -1);
        assertThat(whole.outcome().offset(0)).isEqualTo(40);
        assertThat(whole.outcome().isDone(2)).isFalse();
    }

    private Reportable reportable(int at) {
        return new Reportable() {
            @Override
            public int index() {
                return at;
            }

            @Override
            public void report() {
                reported.add(String.valueOf(at));
            }
        };
    }

    private RecordBatch batch(String... values) {
        var batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 1_000).in(ledger.enter());
        batch.addSegment(pool.take(2_048), 2_048);
        for (String value : values) {
            batch.append(null, value.getBytes(StandardCharsets.UTF_8), new RecordHeader[0], 1_000);
        }
        batch.close();
        return batch;
    }

    private static RecordBatch ready(RecordBatch batch) {
        batch.keepRaw();
        return batch;
    }

    private static List<String> values(List<RecordBatch> parts) {
        var values = new ArrayList<String>();
        for (RecordBatch part : parts) {
            var reader = new RecordReader(part.records());
            while (reader.next()) {
                byte[] value = reader.value();
                values.add(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
