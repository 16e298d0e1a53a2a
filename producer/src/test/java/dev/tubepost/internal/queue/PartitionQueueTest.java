package dev.tubepost.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.protocol.RecordFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PartitionQueueTest {

    private static final long LINGER_NANOS = 5_000_000;
    private static final byte[] VALUE = new byte[100];
    private static final int RECORD = RecordFormat.maxSize(null, VALUE, PartitionQueue.noHeaders());

    private final ManualEnv env = new ManualEnv();
    private final MemoryBound memory = new MemoryBound(1_000_000, () -> {});
    private final RecordingOutbox owner = outbox();
    private final FlushLedger ledger = new FlushLedger();
    private final BufferPool pool = new BufferPool();
    private final BatchLimit limit = new BatchLimit(1_000, 1_000);
    private final BroughtBuffer brought = new BroughtBuffer();
    private PartitionQueue queue = queue(1);

    @Test
    void asksForACreditFirstThenForABuffer() {
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.NO_CREDIT);
        queue.giveCredit(owner.admission(), 1);
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.NO_BUFFER);
        brought.bring(pool.take(2048), owner.admission());
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.DONE_TELL);
    }

    @Test
    void tellsTheOwnerOfTheFirstMessageAndOfTheFirstFullBatchOnly() {
        append(PartitionQueue.Append.DONE_TELL);
        assertThat(head(false)).isNull();
        PartitionQueue.Append told = PartitionQueue.Append.DONE;
        for (int i = 0; i < 9 && told == PartitionQueue.Append.DONE; i++) {
            told = append();
        }
        assertThat(told)
                .as("the first batch is full, and a second one begins")
                .isEqualTo(PartitionQueue.Append.DONE_TELL);
        assertThat(head(false)).isNotNull();
        for (int i = 0; i < 20; i++) {
            append(PartitionQueue.Append.DONE);
        }
    }

    @Test
    void tellsTheOwnerOfEachFullBatchIfItIsToBeCompressed() {
        queue = queue(2);
        append(PartitionQueue.Append.DONE_TELL);
        assertThat(head(false)).isNull();
        int told = 0;
        for (int i = 0; i < 60; i++) {
            told += append() == PartitionQueue.Append.DONE_TELL ? 1 : 0;
        }
        int batches = 0;
        while (head(false) != null) {
            assertThat(takeHead().messageCount()).isGreaterThan(1);
            batches++;
        }
        assertThat(told).isEqualTo(batches).isGreaterThan(4);
    }

    @Test
    void whoIsAheadOfTheOwnerTakesTheChecksumAlong() {
        appendMany();
        assertThat(takeHead().hasChecksum()).isFalse();
        assertThat(takeHead().hasChecksum()).isFalse();
        assertThat(takeHead().hasChecksum()).isTrue();
        assertThat(takeHead().hasChecksum()).isTrue();
    }

    @Test
    void noChecksumIsTakenAlongOfWhatIsCompressedLater() {
        queue = queue(2);
        appendMany();
        while (head(false) != null) {
            assertThat(takeHead().hasChecksum()).isFalse();
        }
    }

    private void appendMany() {
        for (int i = 0; i < 60; i++) {
            append();
        }
    }

    @Test
    void aBatchThatIsDueIsSendableAndStaysOpenUntilItIsTaken() {
        append(PartitionQueue.Append.DONE_TELL);
        assertThat(isSendable()).isFalse();
        env.nanos += LINGER_NANOS;
        assertThat(isSendable()).isTrue();
        append(PartitionQueue.Append.DONE);
        assertThat(takeHead().messageCount()).isEqualTo(2);
        assertThat(isSendable()).isFalse();
    }

    private boolean isSendable() {
        queue.lock();
        try {
            return queue.isSendable(env.nanos, false);
        } finally {
            queue.unlock();
        }
    }

    @Test
    void aBatchIsDueWhenItsFirstMessageHasLingered() {
        append(PartitionQueue.Append.DONE_TELL);
        env.nanos += LINGER_NANOS - 1;
        append(PartitionQueue.Append.DONE);
        assertThat(head(false)).isNull();
        env.nanos += 1;
        assertThat(head(false)).extracting(RecordBatch::messageCount).isEqualTo(2);
    }

    @Test
    void aBatchIsDueWhenSomebodyFlushes() {
        append(PartitionQueue.Append.DONE_TELL);
        CompletableFuture<Void> flush = ledger.flush();
        assertThat(head(false)).isNotNull();
        assertThat(flush).isNotDone();
    }

    @Test
    void batchesLeaveInTheOrderInWhichTheyWereBegun() {
        for (int i = 0; i < 20; i++) {
            append();
        }
        RecordBatch first = takeHead();
        RecordBatch second = takeHead();
        assertThat(first.acceptedNanos()).isLessThanOrEqualTo(second.acceptedNanos());
        queue.lock();
        try {
            queue.putBack(second);
            queue.putBack(first);
        } finally {
            queue.unlock();
        }
        assertThat(takeHead()).isSameAs(first);
        assertThat(takeHead()).isSameAs(second);
    }

    @Test
    void takesOutWhatIsPastItsTimeAndLeavesTheRest() {
        for (int i = 0; i < 10; i++) {
            append();
        }
        env.nanos += 100;
        for (int i = 0; i < 10; i++) {
            append();
        }
        queue.lock();
        try {
            List<RecordBatch> expired = queue.takeExpired(env.nanos);
            assertThat(expired).hasSize(2); // the second was begun by the tenth message
            assertThat(queue.oldest()).isNotNull();
            assertThat(queue.takeExpired(env.nanos)).isEmpty();
        } finally {
            queue.unlock();
        }
    }

    @Test
    void movesWithAllThatItHolds() {
        append();
        append();
        assertThat(owner.admission().tryAdmitOne(0)).isTrue(); // somebody else's
        RecordingOutbox next = outbox();
        long charged = owner.admission().usedBytes();
        queue.moveTo(next);
        assertThat(queue.owner()).isSameAs(next);
        assertThat(owner.admission().grantedMessages()).isEqualTo(1);
        assertThat(owner.admission().usedBytes()).isZero();
        assertThat(next.admission().grantedMessages()).isEqualTo(2);
        assertThat(next.admission().usedBytes()).isEqualTo(charged);
    }

    /** A wish that an owner hears of late, since the queue had left, is passed on without its destination. */
    @Test
    void goesWhereItWasSentLast() {
        RecordingOutbox stale = outbox();
        RecordingOutbox newest = outbox();
        owner.release(queue, stale);
        owner.release(queue, newest);
        assertThat(owner.told).containsExactly("follow topic-0", "follow topic-0");
        assertThat(queue.destination()).isSameAs(newest);
    }

    @Test
    void whoWaitsForRoomTriesAgainWhereItHasMoved() {
        var full = new RecordingOutbox(new Admission(1, 1, memory, 1_000_000, from -> {}));
        queue.moveTo(full);
        assertThat(full.admission().tryAdmitOne(0)).isTrue();
        List<String> heard = new ArrayList<>();
        full.admission().await(waiter(heard, "other", null));
        full.admission().await(waiter(heard, "mine", queue));
        queue.moveTo(outbox());
        assertThat(heard).containsExactly("mine moved");
        full.admission().returnCredits(1);
        assertThat(heard).containsExactly("mine moved", "other has room");
        assertThat(full.admission().isAwaited()).isFalse();
    }

    private static Admission.Waiter waiter(List<String> heard, String name, @Nullable PartitionQueue of) {
        return new Admission.Waiter(1, 0, of) {
            @Override
            protected void onRoom() {
                heard.add(name + " has room");
            }

            @Override
            protected void onMoved() {
                heard.add(name + (wasDismissed() ? " moved" : " was told too early"));
            }
        };
    }

    @Test
    void turnsAwayWhatWasTakenForItsFormerOwner() {
        RecordingOutbox next = outbox();
        queue.moveTo(next);
        assertThat(queue.giveCredit(owner.admission(), 1)).isFalse();
        ByteBuffer buffer = pool.take(2048);
        brought.bring(buffer, owner.admission());
        queue.giveCredit(next.admission(), 1);
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.NO_BUFFER);
        assertThat(brought.takeBack()).isSameAs(buffer);
        assertThat(brought.charged()).isSameAs(owner.admission());
    }

    @Test
    void leavesABufferThatIsTooSmallOrNotNeededToWhoBroughtIt() {
        queue.giveCredit(owner.admission(), 3);
        ByteBuffer small = pool.take(2048);
        brought.bring(small, owner.admission());
        byte[] large = new byte[3_000];
        int size = RecordFormat.maxSize(null, large, PartitionQueue.noHeaders());
        assertThat(queue.tryAppend(null, large, PartitionQueue.noHeaders(), 0, size, null, Arrival.NOW, brought))
                .isEqualTo(PartitionQueue.Append.NO_BUFFER);
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.DONE_TELL);
        assertThat(brought.takeBack()).isNull();
        ByteBuffer second = pool.take(2048);
        brought.bring(second, owner.admission());
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.DONE);
        assertThat(brought.takeBack()).isSameAs(second);
    }

    @Test
    void aBatchThatCannotBeBegunLeavesTheBufferToWhoBroughtItAndHoldsUpNoFlush() {
        queue.giveCredit(owner.admission(), 1);
        brought.bring(pool.take(2048), owner.admission());
        var noMemory = new OutOfMemoryError("as a test wants it");
        env.broken = noMemory;
        assertThatThrownBy(() ->
                        queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, RECORD, null, Arrival.NOW, brought))
                .isSameAs(noMemory);
        env.broken = null;
        assertThat(ledger.flush()).isDone();
        assertThat(tryAppend()).as("with the same credit and buffer").isEqualTo(PartitionQueue.Append.DONE_TELL);
        assertThat(brought.takeBack()).isNull();
    }

    @Test
    void aDrainingQueueTakesOnlyWhatWasAcceptedBefore() {
        append();
        var accepted = new Arrival(1, 0, ledger.enter());
        queue.giveCredit(owner.admission(), 2);
        queue.setGate(Gate.DRAINING);
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.RETIRED);
        assertThat(queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, RECORD, null, accepted, null))
                .isEqualTo(PartitionQueue.Append.DONE);
        queue.setGate(Gate.SHUT);
        assertThat(queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, RECORD, null, accepted, null))
                .isEqualTo(PartitionQueue.Append.RETIRED);
        queue.setGate(Gate.OPEN);
        assertThat(tryAppend()).isEqualTo(PartitionQueue.Append.DONE);
    }

    /** Its place in the backlog was behind one that was handed over after the flush. */
    @Test
    void tellsTheOwnerOfAMessageThatAFlushWaitsForThoughItKnowsOfTheBatch() {
        var flushed = new Arrival(1, 0, ledger.enter());
        CompletableFuture<Void> unused = ledger.flush();
        append(PartitionQueue.Append.DONE_TELL);
        assertThat(head(false)).isNull();
        queue.giveCredit(owner.admission(), 1);
        assertThat(queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, RECORD, null, flushed, null))
                .isEqualTo(PartitionQueue.Append.DONE_TELL);
        assertThat(head(false)).isNotNull();
    }

    @Test
    void aMessageThatIsLargerThanABatchGoesAlone() {
        append();
        byte[] large = new byte[5_000];
        int size = RecordFormat.maxSize(null, large, PartitionQueue.noHeaders());
        queue.giveCredit(owner.admission(), 1);
        brought.bring(pool.take(queue.bufferBytes(size) + RecordBatch.HEADER_BYTES), owner.admission());
        assertThat(queue.tryAppend(null, large, PartitionQueue.noHeaders(), 0, size, null, Arrival.NOW, brought))
                .isEqualTo(PartitionQueue.Append.DONE_TELL);
        assertThat(takeHead().messageCount()).isEqualTo(1);
        env.nanos += LINGER_NANOS;
        assertThat(takeHead().recordBytes()).isGreaterThan(5_000);
    }

    private PartitionQueue queue(int chargeFactor) {
        var limits = new QueueLimits(1_000, LINGER_NANOS, 1_000_000_000, chargeFactor);
        return new PartitionQueue("topic", 0, limits, limit, ledger, env, owner, new Sequences());
    }

    private RecordingOutbox outbox() {
        return new RecordingOutbox(new Admission(1_000, 1_000, memory, 1_000_000, from -> {}));
    }

    private PartitionQueue.Append tryAppend() {
        return queue.tryAppend(
                null, VALUE, PartitionQueue.noHeaders(), env.millis(), RECORD, null, Arrival.NOW, brought);
    }

    private void append(PartitionQueue.Append expected) {
        assertThat(append()).isEqualTo(expected);
    }

    private PartitionQueue.Append append() {
        for (PartitionQueue.Append result = tryAppend(); ; result = tryAppend()) {
            if (result == PartitionQueue.Append.NO_CREDIT) {
                assertThat(owner.admission().tryAdmitOne(0)).isTrue();
                queue.giveCredit(owner.admission(), 1);
            } else if (result == PartitionQueue.Append.NO_BUFFER) {
                ByteBuffer buffer = pool.take(queue.bufferBytes(RECORD));
                assertThat(owner.admission().tryCharge(buffer.capacity())).isTrue();
                brought.bring(buffer, owner.admission());
            } else {
                return result;
            }
        }
    }

    private @Nullable RecordBatch head(boolean hurry) {
        queue.lock();
        try {
            return queue.head(env.nanos, hurry);
        } finally {
            queue.unlock();
        }
    }

    @Test
    void whatComesBackStandsWhereItWasInWhateverOrderItComes() {
        List<RecordBatch> sent = new ArrayList<>();
        Sequences sequences = Objects.requireNonNull(queue.lane.sequences);
        sequences.begin(1, (short) 0, 0);
        for (int i = 0; i < 60; i++) {
            append();
        }
        for (int i = 0; i < 4; i++) {
            RecordBatch batch = takeHead();
            batch.keepRaw();
            sequences.stamp(batch, new UUID(0, 0));
            batch.drain(env.nanos);
            sent.add(batch);
        }
        for (int i : new int[] {2, 0, 3, 1}) {
            RecordBatch batch = sent.get(i);
            batch.uncarry();
            queue.lock();
            batch.backToReady(true, true);
            queue.putBack(batch);
            queue.unlock();
        }
        queue.lock();
        assertThat(queue.closedBatches()).startsWith(sent.toArray(RecordBatch[]::new));
        queue.unlock();
    }

    @Test
    void beginsSmallerBatchesOnceOneWasTooLarge() {
        for (int i = 0; i < 10; i++) {
            append();
        }
        assertThat(takeHead().messageCount()).isEqualTo(8);
        limit.refused(1_100, env.nanos);
        for (int i = 0; i < 10; i++) {
            append();
        }
        assertThat(takeHead().messageCount()).isEqualTo(4);
    }

    private RecordBatch takeHead() {
        queue.lock();
        try {
            RecordBatch head = Objects.requireNonNull(queue.head(env.nanos, false));
            queue.take(head);
            return head;
        } finally {
            queue.unlock();
        }
    }
}
