package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.queue.PartitionQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The future of a message is completed with its outcome, whenever it was asked for. */
@Tag("interleavings")
final class MessageHandleLincheckTest {

    @Test
    void theFutureComesTrueWhileTheMessageLeavesTheBacklogAndIsAcknowledged() {
        explore(() -> {
            MessageHandle<String, String> handle = handle();
            var own = new BatchOutcome("topic", -1);
            handle.onBacklog(own);
            RecordBatch batch = batch();
            batch.append(null, new byte[1], PartitionQueue.noHeaders(), 0);
            var offset = new AtomicReference<CompletableFuture<Long>>();
            together(() -> offset.set(handle.delivered().thenApply(Message::offset)), () -> {
                handle.onAppended(batch, 1);
                Completion.moved(own);
                acknowledge(batch);
            });
            require(offset.get().isDone(), "the future is complete");
            require(offset.get().join() == 71, "and was not before there was an offset");
        });
    }

    @Test
    void theFutureComesTrueWhileTheMessageFailsInTheBacklog() {
        explore(() -> {
            MessageHandle<String, String> handle = handle();
            var own = new BatchOutcome("topic", -1);
            handle.onBacklog(own);
            var future = new AtomicReference<CompletableFuture<Message<String, String>>>();
            together(
                    () -> future.set(handle.delivered()),
                    () -> Completion.notifyAll(Completion.failAlone(own, cancelled())));
            require(future.get().isCompletedExceptionally(), "it is told");
        });
    }

    @Test
    void theFutureOfACancelledMessageDoesNotWaitForItsNeighbours() {
        explore(() -> {
            MessageHandle<String, String> handle = handle();
            RecordBatch batch = batch();
            handle.onAppended(batch, 0);
            var future = new AtomicReference<CompletableFuture<Message<String, String>>>();
            together(() -> future.set(handle.delivered()), () -> {
                require(batch.cancel(0, cancelled()), "nothing of it is prepared");
                batch.outcome().notifyCancelled(0);
            });
            require(future.get().isCompletedExceptionally(), "it is told at once");
        });
    }

    private MessageHandle<String, String> handle() {
        return new MessageHandle<>(BatchOutcome.nowhere("topic"), "value", 0);
    }

    private static RecordBatch batch() {
        var batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(new FlushLedger().enter());
        batch.addSegment(ByteBuffer.allocate(256), 0);
        batch.append(null, new byte[1], PartitionQueue.noHeaders(), 0);
        return batch;
    }

    private static void acknowledge(RecordBatch batch) {
        Completion.notifyAll(Completion.deliver(batch, 70, -1));
    }

    private static DeliveryException cancelled() {
        return new MessageCancelledException(
                "cancelled", DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);
    }
}
