package dev.tubepost.internal.queue;

import dev.tubepost.interleaving.Interleavings;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.protocol.RecordFormat;
import java.nio.ByteBuffer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A queue's door, its credits and its messages: each call happens at one point in time. */
@Tag("interleavings")
public final class PartitionQueueLincheckTest {

    private static final byte[] VALUE = {1};
    private static final int SIZE = RecordFormat.maxSize(null, VALUE, PartitionQueue.noHeaders());

    private final Admission admission = new Admission(100, 100, new MemoryBound(10_000, () -> {}), 10_000, from -> {});
    private final PartitionQueue queue = new PartitionQueue(
            "topic",
            0,
            new QueueLimits(1_000, 0, 1_000_000_000, 1),
            new BatchLimit(1_000, 1_000),
            new FlushLedger(),
            new ManualEnv(),
            new RecordingOutbox(admission),
            null);

    public PartitionQueueLincheckTest() {
        queue.giveCredit(admission, 1);
        queue.giveCredit(admission, 1);
        var brought = new BroughtBuffer();
        brought.bring(ByteBuffer.allocate(2048), admission);
        queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, SIZE, null, Arrival.NOW, brought);
    }

    @Operation
    public PartitionQueue.Append append() {
        return queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, SIZE, null, Arrival.NOW, null);
    }

    @Operation
    public boolean giveCredit() {
        return queue.giveCredit(admission, 1);
    }

    @Operation
    public int takeCredits() {
        return queue.takeCredits(admission);
    }

    @Operation
    public void stop() {
        queue.setGate(Gate.DRAINING);
    }

    @Operation
    public int messages() {
        queue.lock();
        try {
            RecordBatch batch = queue.oldest();
            return batch == null ? 0 : batch.messageCount();
        } finally {
            queue.unlock();
        }
    }

    @Test
    void isLinearizableInEveryOrder() {
        Interleavings.modelCheck(PartitionQueueLincheckTest.class);
    }
}
