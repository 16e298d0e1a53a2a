package dev.tubepost.bench.jmh;

import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.Arrival;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.BroughtBuffer;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a caller pays between its partitioner and its handle, on one thread: {@code append} with the queue's lock, the encoding and the buffers (a batch is
 * acknowledged as soon as it is full), {@code admit} the credit for one message alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {

    private static final RecordHeader[] NO_HEADERS = {};
    private static final int BATCH_BYTES = 128 << 10;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int MAX_MESSAGES = 1_000_000;

    /** Bytes of a value. */
    @Param({"100", "1000"})
    public int size = 100;

    private final EventLoops env = new EventLoops(EventLoops.Settings.defaults());
    private final BufferPool pool = new BufferPool();
    private final Admission admission = new Admission(
            MAX_MESSAGES, MAX_MESSAGES, new MemoryBound(MEMORY_BYTES, () -> {}), MEMORY_BYTES, from -> {});
    private final PartitionQueue queue = new PartitionQueue(
            "topic",
            0,
            new QueueLimits(BATCH_BYTES, TimeUnit.SECONDS.toNanos(1), Long.MAX_VALUE / 2, 1),
            new BatchLimit(BATCH_BYTES, BATCH_BYTES),
            new FlushLedger(),
            env,
            new Sink(),
            null);
    private byte[] value = {};
    private int maxBytes;
    private final BroughtBuffer brought = new BroughtBuffer();
    private int credits;
    private int granted;

    @Setup
    public void makeValue() {
        value = new byte[size];
        maxBytes = RecordFormat.maxSize(null, value, NO_HEADERS);
    }

    @Benchmark
    public PartitionQueue append() {
        while (true) {
            switch (queue.tryAppend(null, value, NO_HEADERS, 1, maxBytes, null, Arrival.NOW, brought)) {
                case DONE -> {
                    return queue;
                }
                case DONE_TELL -> {
                    acknowledgeFull();
                    return queue;
                }
                case NO_CREDIT -> queue.giveCredit(admission, admission.tryAdmit());
                case NO_BUFFER -> bringBuffer();
                case RETIRED -> throw new IllegalStateException("nobody stops here");
            }
        }
    }

    @Benchmark
    public int admit() {
        if (credits == 0) {
            admission.depart(granted);
            admission.reported(granted);
            granted = admission.tryAdmit();
            credits = granted;
        }
        return --credits;
    }

    private void bringBuffer() {
        int bytes = queue.bufferBytes(maxBytes);
        if (!admission.tryCharge(queue.charge(BufferPool.capacityFor(bytes)))) {
            throw new IllegalStateException("a few buffers are always there");
        }
        brought.bring(pool.take(bytes), admission);
    }

    private void acknowledgeFull() {
        queue.lock();
        try {
            while (queue.hasClosed()) {
                acknowledge(Objects.requireNonNull(queue.head(0, false)));
            }
            queue.setTold(true, false);
        } finally {
            queue.unlock();
        }
    }

    private void acknowledge(RecordBatch batch) {
        queue.take(batch);
        batch.keepRaw();
        batch.drain(0);
        batch.uncarry();
        int messages = batch.messageCount();
        admission.depart(messages);
        var unused = Completion.deliver(batch, 0, -1);
        admission.releaseBytes(batch.tryFree(pool));
        admission.reported(messages);
        batch.generation().release();
    }

    @TearDown
    public void close() {
        env.close();
    }

    /** Takes everything at once. */
    private final class Sink implements Outbox {
        @Override
        public Admission admission() {
            return admission;
        }

        @Override
        public void touched(PartitionQueue touched) {}

        @Override
        public void hurry() {}

        @Override
        public void follow(PartitionQueue moving) {}

        @Override
        public void adopted(PartitionQueue arrived) {}

        @Override
        public void abort(PartitionQueue ended, CutOff why, Runnable done) {}

        @Override
        public void refuse(PartitionQueue refused, Refusal refusal) {}

        @Override
        public void inquire(PartitionQueue asked, BatchOutcome outcome, Consumer<@Nullable Standing> told) {}

        @Override
        public void cancelled(FailedMessage message, Runnable told) {}
    }
}
