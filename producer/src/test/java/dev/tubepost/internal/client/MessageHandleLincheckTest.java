package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.serialize.Serializers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The future of a message is completed with its outcome, whenever it was asked for. */
final class MessageHandleLincheckTest {

    private final ClientProducer<String, String> producer = ClusterClient.connect(
                    ClusterOptions.builder("localhost:1").build(), new QuietEnv())
            .newSession(ProducerOptions.durable().build())
            .newProducer("topic", Serializers.utf8(), true);

    @Test
    void theFutureComesTrueWhileTheMessageLeavesTheBacklogAndIsAcknowledged() {
        explore(() -> {
            MessageHandle<String, String> handle = handle();
            RecordBatch batch = batch();
            var future = new AtomicReference<CompletableFuture<Message<String, String>>>();
            together(() -> future.set(handle.delivered()), () -> {
                handle.onAppended(batch, 0);
                handle.tellBound();
                acknowledge(batch);
            });
            require(future.get().isDone(), "the future is complete");
            require(future.get().join().offset() == 70, "with the offset");
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
        return new MessageHandle<>(producer, "value", null, 0, null);
    }

    private static RecordBatch batch() {
        var batch = new RecordBatch(new BatchOutcome("topic", 0), new FlushLedger().enter(), 0, 0);
        batch.addSegment(ByteBuffer.allocate(256), 0);
        batch.append(null, new byte[1], PartitionQueue.noHeaders(), 0);
        return batch;
    }

    private static void acknowledge(RecordBatch batch) {
        BatchOutcome.Waiter next = Completion.deliver(batch, 70, -1);
        while (next != null) {
            BatchOutcome.Waiter after = Completion.next(next);
            Completion.notify(next);
            next = after;
        }
    }

    private static DeliveryException cancelled() {
        return new MessageCancelledException(
                "cancelled", DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);
    }
}
