package dev.tubepost.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Compressors;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.Arrival;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.BroughtBuffer;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.internal.queue.RecordingOutbox;
import dev.tubepost.protocol.RecordFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch is compressed within what it was charged for, and what is not known of its codec is not believed. */
final class PreparationTest {

    private static final int BATCH_BYTES = 200_000;

    private final ManualWorld world = new ManualWorld();
    private final BufferPool pool = new BufferPool();
    private final MemoryBound memory = new MemoryBound(1_000_000, () -> {});
    private final Admission admission = new Admission(1_000, 1_000, memory, 1_000_000, from -> {});
    private final BatchLimit limit = new BatchLimit(BATCH_BYTES, 1_000_000);
    private final PartitionQueue queue = new PartitionQueue(
            "topic",
            0,
            new QueueLimits(BATCH_BYTES, Long.MAX_VALUE, Long.MAX_VALUE, 2),
            limit,
            new FlushLedger(),
            world,
            new RecordingOutbox(admission),
            null);
    private final Preparation preparation = new Preparation(world, pool, Compressors.of(Compression.gzip()), () -> {});

    @ParameterizedTest
    @ValueSource(ints = {100, 3_000, 14_000, 40_000})
    void takesNoMoreThanWasCharged(
            int large) { // of a segment that is larger than all before, the form may be larger still
        append(300, 3);
        append(large, 1);
        append(300, 3);
        long charged = memory.usedBytes();
        RecordBatch batch = prepare();
        assertThat(batch.chargedBytes()).isEqualTo(memory.usedBytes()).isLessThan(charged);
        assertThat(batch.heldBytes()).isEqualTo(batch.chargedBytes());
        assertThat(pool.usedBytes()).isEqualTo(batch.heldBytes());
        assertThat(batch.wireBytes()).isLessThan(batch.recordBytes());
    }

    @Test
    void whatCouldNotBeCompressedSaysNothingOfTheCodec() {
        append(300, 30);
        prepare();
        int learned = limit.bytes();
        assertThat(learned).isGreaterThan(BATCH_BYTES);
        world.refusesWork = true;
        append(300, 30);
        RecordBatch raw = prepare();
        assertThat(raw.wireBytes()).isGreaterThan(raw.recordBytes());
        assertThat(limit.bytes()).isEqualTo(learned);
    }

    @Test
    void whatDoesNotFitWhatIsChargedForItSaysNothingOfTheCodec() {
        append(300, 30);
        prepare();
        int learned = limit.bytes();
        appendTight(bytes(900, 0));
        appendTight(bytes(31_900, 0));
        appendTight(bytes(40_000, 23_000)); // a buffer for all of it would be larger than these three
        RecordBatch raw = prepare();
        assertThat(raw.wireBytes()).isGreaterThan(raw.recordBytes());
        assertThat(raw.heldBytes()).isLessThan(BufferPool.capacityFor(raw.recordBytes()));
        assertThat(limit.bytes()).isEqualTo(learned);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 900})
    void aBatchOfOneSmallMessageIsCompressed(int bytes) {
        append(bytes, 1);
        RecordBatch batch = prepare();
        assertThat(batch.wireBytes()).isLessThan(RecordBatch.HEADER_BYTES + batch.recordBytes());
        assertThat(memory.usedBytes()).isEqualTo(batch.chargedBytes()).isEqualTo(batch.heldBytes());
    }

    @Test
    void thePartsOfABatchThatWasTooLargeAreCompressedAndChargedAsAnyBatch() {
        for (int i = 0; i < 20; i++) {
            appendTight(bytes(800, 800));
        }
        RecordBatch whole = prepare();
        queue.lock();
        try {
            Sequencer.split(queue, whole, pool);
            preparation.prepare(queue);
        } finally {
            queue.unlock();
        }
        world.run();
        long held = 0;
        queue.lock();
        try {
            for (RecordBatch part : queue.closedBatches()) {
                assertThat(part.wireBytes()).isLessThan(part.recordBytes());
                assertThat(part.chargedBytes()).isEqualTo(part.heldBytes());
                held += part.heldBytes();
            }
        } finally {
            queue.unlock();
        }
        assertThat(memory.usedBytes()).isEqualTo(held);
        assertThat(pool.usedBytes()).isEqualTo(held);
    }

    /** Closes the open batch and makes it ready. */
    private RecordBatch prepare() {
        queue.lock();
        try {
            queue.closeIfDue(world.nanos(), true);
            preparation.prepare(queue);
        } finally {
            queue.unlock();
        }
        world.run();
        queue.lock();
        try {
            var closed = new ArrayList<RecordBatch>();
            queue.closedBatches().forEach(closed::add);
            RecordBatch last = closed.get(closed.size() - 1);
            assertThat(last.state()).isEqualTo(RecordBatch.State.READY);
            return last;
        } finally {
            queue.unlock();
        }
    }

    private void append(int bytes, int count) {
        for (int i = 0; i < count; i++) {
            append(new byte[bytes], queue::bufferBytes);
        }
    }

    /** As when memory is short: with the smallest buffer that the record fits. */
    private void appendTight(byte[] value) {
        append(value, most -> most + RecordBatch.HEADER_BYTES);
    }

    /** Bytes of which only the zeros compress. */
    private static byte[] bytes(int random, int zeros) {
        byte[] bytes = new byte[random];
        new Random(random).nextBytes(bytes);
        return Arrays.copyOf(bytes, random + zeros);
    }

    private void append(byte[] value, IntUnaryOperator bufferBytes) {
        int most = RecordFormat.maxSize(null, value, PartitionQueue.noHeaders());
        assertThat(admission.tryAdmitOne(0)).isTrue();
        assertThat(queue.giveCredit(admission, 1)).isTrue();
        var brought = new BroughtBuffer();
        PartitionQueue.Append done = tryAppend(value, most, brought);
        if (done == PartitionQueue.Append.NO_BUFFER) {
            int capacity = BufferPool.capacityFor(bufferBytes.applyAsInt(most));
            assertThat(admission.tryCharge(queue.charge(capacity))).isTrue();
            brought.bring(pool.take(capacity), admission);
            done = tryAppend(value, most, brought);
        }
        assertThat(done).isIn(PartitionQueue.Append.DONE, PartitionQueue.Append.DONE_TELL);
    }

    private PartitionQueue.Append tryAppend(byte[] value, int most, BroughtBuffer brought) {
        return queue.tryAppend(null, value, PartitionQueue.noHeaders(), 0, most, null, Arrival.NOW, brought);
    }
}
