package dev.tubepost.testkit.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.net.Weather;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker whose address belongs to another one now is left at once, and found again (F41, F42, KIP-1242). */
final class AnotherAddressTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long DELAY = TimeUnit.MICROSECONDS.toNanos(50);

    /** Larger than the window of {@link #narrow}: to write it takes a while. */
    private static final int LARGE = 900_000;

    private static final int SMALL = 20;

    private int produced;

    @Test
    void findsBrokersThatHaveExchangedTheirAddresses() {
        var world = new QuietWorld(2, 2);
        Producer<byte[], byte[]> producer = producer(world, ProducerOptions.durable());
        produce(producer, 0, SMALL);
        produce(producer, 1, SMALL);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.exchangeAddresses(broker(world, 0), broker(world, 1));
        world.runFor(SECOND);
        Message<byte[], byte[]> one = produce(producer, 0, SMALL);
        Message<byte[], byte[]> other = produce(producer, 1, SMALL);
        world.runFor(10 * SECOND);
        assertDelivered(world, one);
        assertDelivered(world, other);
    }

    /** Brokers before 4.4 do not say that they are not the one that was meant, and the metadata has nothing new to tell. */
    @Test
    void leavesABrokerThatANameLedToForAMoment() {
        var world = new QuietWorld(VersionProfile.KAFKA_2_8, 2, 2, narrow());
        Producer<byte[], byte[]> producer = producer(world, ProducerOptions.durable());
        produce(producer, 1, SMALL);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        int connections = world.network.total();
        world.cluster.exchangeNames(broker(world, 0), broker(world, 1));
        Message<byte[], byte[]> message = produce(producer, 0, SMALL);
        while (world.network.total() == connections) {
            world.runFor(STEP);
        }
        world.runFor(DELAY); // it arrives
        world.cluster.exchangeNames(broker(world, 0), broker(world, 1));
        world.runFor(30 * SECOND);
        assertDelivered(world, message);
    }

    /** No reply is to come after which the old address could be left. */
    @Test
    void leavesAnOldAddressWithAcks0OnceAllIsWritten() {
        var world = new QuietWorld(VersionProfile.KAFKA_4_4, 2, 2, narrow());
        Producer<byte[], byte[]> producer =
                producer(world, ProducerOptions.lowLatency().requiredAcks(0));
        produce(producer, 0, SMALL);
        produce(producer, 1, SMALL);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        Message<byte[], byte[]> large = produce(producer, 0, LARGE);
        world.runFor(100 * STEP);
        world.cluster.exchangeNames(broker(world, 0), broker(world, 1));
        broker(world, 1).cutAll(); // so that the new addresses are learnt
        world.runFor(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(large.isDone())
                .as("the rest waits while the new address is known")
                .isFalse();
        world.runFor(SECOND);
        Message<byte[], byte[]> after = produce(producer, 0, SMALL);
        world.runFor(SECOND);
        assertDelivered(world, large);
        assertDelivered(world, after);
    }

    private static Weather narrow() {
        return new Weather(new SplittableRandom(1), DELAY, DELAY + 1, 4_096, 1);
    }

    private static Producer<byte[], byte[]> producer(QuietWorld world, ProducerOptions.Builder options) {
        return world.client.topic("topic").producer(options.build());
    }

    private static ModelBroker broker(QuietWorld world, int id) {
        return world.cluster.brokers().get(id);
    }

    private Message<byte[], byte[]> produce(Producer<byte[], byte[]> producer, int partition, int bytes) {
        byte[] value = Arrays.copyOf(("message " + produced++ + ModelCluster.PADDING).getBytes(UTF_8), bytes);
        return producer.draft(value).partition(partition).produce();
    }

    private static void assertDelivered(QuietWorld world, Message<byte[], byte[]> message) {
        assertThat(message.failure()).isNull();
        assertThat(message.isDone()).isTrue();
        assertThat(world.cluster.violations()).isEmpty();
    }
}
