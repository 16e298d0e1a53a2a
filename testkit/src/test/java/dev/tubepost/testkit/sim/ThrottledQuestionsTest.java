package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that throttles is not asked for metadata or producer ids until its time is over (KIP-219), and nothing fails for it. */
final class ThrottledQuestionsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 1);

    @Test
    void areAskedWhenTheTimeIsOver() {
        world.cluster.brokers().get(0).throttleQuestions(5_000);
        CompletableFuture<Void> first = world.client.update();
        world.runFor(SECOND);
        assertThat(first).isCompleted();
        CompletableFuture<Void> second = world.client.update();
        world.runFor(3 * SECOND);
        assertThat(second).isNotDone();
        world.runFor(2 * SECOND);
        assertThat(second).isCompleted();
        assertThat(world.cluster.violations()).isEmpty();
    }

    @Test
    void delayMessagesAndFailNone() {
        world.cluster.brokers().get(0).throttleQuestions(5_000);
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .deliveryTimeout(Duration.ofSeconds(30))
                        .build());
        Message<byte[], byte[]> message = producer.produce(new byte[10]);
        world.runFor(20 * SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
        assertThat(world.cluster.violations()).isEmpty();
    }
}
