package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only closed sessions wanted is not asked for any more. */
final class UnusedTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 1);

    @Test
    void aTopicIsForgottenSomeTimeAfterItsLastSession() {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.lowLatency().build());
        producer.produce(new byte[] {1});
        world.runFor(MINUTE);
        producer.close();
        world.cluster.move(world.topic.partitions().get(0), -1); // so that it is asked for every second
        assertThat(world.client.update()).isNotNull();
        world.runFor(15 * MINUTE);
        assertThat(passesIn(10 * MINUTE)).isLessThan(100);
    }

    @Test
    void nobodyIsDialledForTheProducerIdOfASessionThatIsClosed() {
        world.cluster.brokers().get(0).stop();
        world.client.session(ProducerOptions.durable().build()).close();
        world.runFor(MINUTE);
        assertThat(passesIn(10 * MINUTE)).isLessThan(100);
    }

    private long passesIn(long nanos) {
        long before = world.env.passes();
        world.runFor(nanos);
        return world.env.passes() - before;
    }
}
