package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What came back pauses before it is sent again. */
final class BackoffTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 1);

    @Test
    void aBatchPausesThoughTheOneBehindItWasToFollowAtOnce() {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .batchBytes(1) // each message is a batch
                        .maxInFlightRequests(1) // so the second one is ready, and waits for the first one's reply
                        .retryBackoff(Duration.ofSeconds(1))
                        .retryBackoffMax(Duration.ofSeconds(1))
                        .build());
        producer.produce(new byte[1]);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.topic.partitions().get(0).shrink(world.env.events().now() + SECOND / 2);
        Message<byte[], byte[]> first = producer.produce(new byte[1]);
        Message<byte[], byte[]> second = producer.produce(new byte[1]);
        world.runFor(5 * SECOND);
        assertThat(first.offset()).isEqualTo(1);
        assertThat(second.offset()).isEqualTo(2);
        assertThat(first.attempts()).isEqualTo(2); // refused, and taken after the pause
    }
}
