package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelBroker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cluster that is away as a whole is waited for, without haste and without end, and messages have their time. */
final class AllAwayTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** Each broker, and the metadata, are dialled about once in a second: a handful of events each. */
    private static final int PASSES_PER_SECOND = 40;

    private final QuietWorld world = new QuietWorld(3, 3);

    @Test
    void isFoundWithinSecondsWhenItIsBack() {
        Producer<byte[], byte[]> producer = producer(Duration.ofMinutes(5));
        world.cluster.brokers().forEach(ModelBroker::stop);
        long before = world.env.passes();
        Message<byte[], byte[]> message = producer.produce(new byte[] {1});
        world.runFor(3 * MINUTE);
        assertThat(message.isDone()).isFalse();
        assertThat(world.env.passes() - before).isLessThan(3L * 60 * PASSES_PER_SECOND);
        world.cluster.brokers().forEach(ModelBroker::start);
        world.runFor(5 * SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    @Test
    void whatHadNoTimeToWaitFailsOnceAndTheNextIsDelivered() {
        Producer<byte[], byte[]> producer = producer(Duration.ofMinutes(2));
        world.cluster.brokers().forEach(ModelBroker::stop);
        Message<byte[], byte[]> message = producer.produce(new byte[] {1});
        world.runFor(10 * MINUTE);
        assertThat(message.failure()).isInstanceOf(DeliveryTimeoutException.class);
        world.cluster.brokers().forEach(ModelBroker::start);
        Message<byte[], byte[]> next = producer.produce(new byte[] {2});
        world.runFor(5 * SECOND);
        assertThat(next.isDone()).isTrue();
        assertThat(next.failure()).isNull();
        assertThat(world.env.faults()).isEmpty();
    }

    private Producer<byte[], byte[]> producer(Duration deliveryTimeout) {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .deliveryTimeout(deliveryTimeout)
                        .build());
        producer.produce(new byte[] {0});
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return producer;
    }
}
