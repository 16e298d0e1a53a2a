package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.net.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A partition whose leader moves away and comes back while nothing can be sent goes on where it was, as if it had not been away. */
final class WanderingQueueTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Each message is a batch. */
    private static final int BATCH_BYTES = 256;

    /** It takes a second to write so much through {@link #WINDOW_BYTES}, and until then nothing else goes to the same broker. */
    private static final int LARGE = 300_000;

    private static final int WINDOW_BYTES = 128;
    private static final long DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final QuietWorld world = new QuietWorld(
            VersionProfile.KAFKA_4_4,
            3,
            4,
            new Weather(new SplittableRandom(1), DELAY_NANOS, DELAY_NANOS + 1, WINDOW_BYTES, 1));
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.durable().batchBytes(BATCH_BYTES).build());

    @Test
    void isInNoRequestTwice() {
        ModelPartition wandering = world.topic.partitions().get(0);
        ModelBroker home = world.cluster.brokers().get(0);
        ModelBroker abroad = world.cluster.brokers().get(1);
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (ModelPartition partition : world.topic.partitions()) {
            messages.add(produce(partition.index(), "first", BATCH_BYTES));
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        messages.add(produce(3, "large", LARGE));
        world.runFor(SECOND / 50); // longer than it lingers
        for (int i = 0; i < 8; i++) {
            messages.add(produce(wandering.index(), "waiting-" + i, BATCH_BYTES));
        }
        abroad.stop(); // so that somebody asks who leads
        world.cluster.move(wandering, abroad.id());
        world.runFor(SECOND / 10);
        world.cluster.move(wandering, home.id());
        world.runFor(SECOND);
        abroad.start();
        world.runFor(30 * SECOND);
        messages.forEach(WanderingQueueTest::assertDelivered);
        assertThat(world.cluster.violations()).isEmpty();
    }

    private static void assertDelivered(Message<byte[], byte[]> message) {
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    private Message<byte[], byte[]> produce(int partition, String name, int bytes) {
        String value = name + " to " + partition + ModelCluster.PADDING + "x".repeat(bytes);
        return producer.draft(value.getBytes(StandardCharsets.UTF_8))
                .partition(partition)
                .produce();
    }
}
