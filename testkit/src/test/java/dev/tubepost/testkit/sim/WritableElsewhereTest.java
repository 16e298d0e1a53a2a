package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.testkit.broker.ModelTopic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks when there is room is told when his topic has gone to where there is some. */
final class WritableElsewhereTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(2, 1);
    private final ModelTopic other = world.cluster.addTopic("other", 1, 0);
    private final ProducerSession session = world.client.session(
            ProducerOptions.durable().bufferMemory(65_536).linger(Duration.ZERO).build());
    private final Producer<byte[], byte[]> producer = session.producer(world.client.topic("topic"));

    @Test
    void whenItsPartitionMovesToAnotherBroker() {
        Producer<byte[], byte[]> neighbour = session.producer(world.client.topic("other"));
        world.cluster.move(world.topic.partitions().get(0), 0);
        world.cluster.move(other.partitions().get(0), 0);
        producer.produce(new byte[1]);
        neighbour.produce(new byte[1]);
        assertThat(session.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().get(0).pause();
        fill(neighbour);
        CompletableFuture<Void> room = producer.whenWritable();
        world.runFor(SECOND);
        assertThat(room).isNotDone();
        world.cluster.move(world.topic.partitions().get(0), 1);
        var unused = world.client.update();
        world.runFor(SECOND);
        assertThat(room).isDone();
        assertThat(producer.tryProduce(new byte[1], null)).isNotNull();
    }

    @Test
    void whenItsPartitionsAreKnownAndThoseOfAnotherTopicAreNot() {
        Producer<byte[], byte[]> unknown = session.producer(world.client.topic("unknown"));
        fill(unknown);
        CompletableFuture<Void> room = producer.whenWritable();
        assertThat(room).isNotDone();
        world.runFor(SECOND);
        assertThat(room).isDone();
    }

    private static void fill(Producer<byte[], byte[]> producer) {
        int bytes = 10_000;
        while (bytes > 10) {
            if (producer.tryProduce(new byte[bytes], null) == null) {
                bytes /= 2;
            }
        }
    }
}
