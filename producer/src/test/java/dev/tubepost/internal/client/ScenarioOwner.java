package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.require;

import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.protocol.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An owner that looks at a queue only when it was told to, as the workers do, and acknowledges at once what it finds there.
 * <em>{@link #work} is confined to one thread at a time.</em>
 */
final class ScenarioOwner implements Outbox {

    private final Admission admission;
    private final BufferPool pool;
    private final List<String> log;
    private final ConcurrentLinkedQueue<PartitionQueue> touched = new ConcurrentLinkedQueue<>();

    /**
     * @param log gets the values, in the order in which they are drained
     */
    ScenarioOwner(Admission admission, BufferPool pool, List<String> log) {
        this.admission = admission;
        this.pool = pool;
        this.log = log;
    }

    /** Drains what it was told of. */
    void work() {
        for (PartitionQueue queue = touched.poll(); queue != null; queue = touched.poll()) {
            if (queue.owner() == this) {
                drain(queue);
            }
        }
    }

    private void drain(PartitionQueue queue) {
        for (RecordBatch batch = next(queue); batch != null; batch = next(queue)) {
            acknowledge(batch);
        }
    }

    private static @org.jspecify.annotations.Nullable RecordBatch next(PartitionQueue queue) {
        queue.lock();
        try {
            RecordBatch batch = queue.head(0, true);
            if (batch == null) {
                queue.setTold(false, false);
            } else {
                queue.take(batch);
            }
            return batch;
        } finally {
            queue.unlock();
        }
    }

    private void acknowledge(RecordBatch batch) {
        var reader = new RecordReader(batch.records());
        while (reader.next()) {
            log.add(new String(Objects.requireNonNull(reader.value()), StandardCharsets.UTF_8));
        }
        int messages = batch.messageCount();
        admission.depart(messages);
        BatchOutcome.Waiter waiters = Completion.deliver(batch, 0, -1);
        require(waiters == null, "nobody waits");
        admission.reported(messages);
        batch.generation().release();
        admission.releaseBytes(batch.tryFree(pool));
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public void touched(PartitionQueue queue) {
        touched.add(queue);
    }

    @Override
    public void hurry() {}

    @Override
    public void follow(PartitionQueue queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adopted(PartitionQueue queue) {
        touched.add(queue);
    }

    @Override
    public void abort(PartitionQueue queue, CutOff why, Runnable done) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refuse(PartitionQueue queue, Refusal refusal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void inquire(PartitionQueue queue, BatchOutcome outcome, Consumer<@Nullable Standing> told) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancelled(FailedMessage message, Runnable told) {
        throw new UnsupportedOperationException();
    }
}
