package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The old leader says who leads now, and nobody has to be asked (KIP-951). */
final class HintsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void areFollowedWhenAllMetadataIsOld() {
        var world = new QuietWorld(2, 1);
        Producer<byte[], byte[]> producer =
                world.client.topic("topic").producer(ProducerOptions.durable().build());
        producer.produce(new byte[] {1});
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.runFor(120 * SECOND);
        world.cluster.brokers().forEach(broker -> broker.lag(60 * SECOND));
        world.cluster.move(world.topic.partitions().get(0), 1);
        Message<byte[], byte[]> message = producer.produce(new byte[] {2});
        world.runFor(SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
    }
}
