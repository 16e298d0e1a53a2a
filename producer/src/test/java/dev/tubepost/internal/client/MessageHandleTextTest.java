package dev.tubepost.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.RecordBatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a handle says of itself in a log: the truth, and no offset that nobody told. */
final class MessageHandleTextTest {

    private final MessageHandle<String, String> message =
            new MessageHandle<>(BatchOutcome.nowhere("orders"), "value", 1);

    @Test
    void namesNoPartitionBeforeOneIsChosen() {
        assertThat(message).hasToString("message for orders, pending");
    }

    @Test
    void saysWhyItFailed() {
        var own = new BatchOutcome("orders", -1);
        message.onBacklog(own);
        var details = DeliveryException.Details.notSent("orders", -1, Duration.ZERO, TimeSpent.NONE);
        Completion.failAlone(own, new MessageRejectedException("there is no such topic", details, null));
        assertThat(message).hasToString("message for orders, failed: there is no such topic");
    }

    @Test
    void namesTheOffsetThatTheBrokerTold() {
        Completion.deliver(inABatch(), 7, -1);
        assertThat(message).hasToString("message for orders-3 at offset 7");
    }

    @Test
    void saysThatNobodyToldTheOffset() {
        Completion.send(inABatch());
        assertThat(message).hasToString("message for orders-3, sent; nobody told its offset");
    }

    private RecordBatch inABatch() {
        var batch = new RecordBatch(new BatchOutcome("orders", 3), 0, 0);
        message.onAppended(batch, 0);
        assertThat(message).hasToString("message for orders-3, pending");
        return batch;
    }
}
