package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.testkit.broker.ModelBroker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who has lost the cluster finds it where the user said that it is (KIP-899, KIP-1102, F43). */
final class RebootstrapTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PORT = 9092;

    private final QuietWorld world = new QuietWorld(2, 2);
    private final ModelBroker first = world.cluster.brokers().get(0);
    private int calls;

    @Test
    void findsBrokersThatHaveAllMoved() {
        Producer<byte[], byte[]> producer = producer();
        world.cluster.brokers().forEach(ModelBroker::stop);
        Message<byte[], byte[]> message = producer.produce(new byte[] {2});
        world.runFor(20 * SECOND);
        world.cluster.brokers().forEach(broker -> world.cluster.rename(broker, "moved" + broker.id()));
        world.cluster.brokers().forEach(ModelBroker::start);
        listenAsSeed(first);
        world.runFor(10 * SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    @Test
    void goesToTheSeedsWhenABrokerAsksForIt() {
        Producer<byte[], byte[]> producer = producer();
        int before = calls;
        first.askToRebootstrap();
        world.cluster.brokers().get(1).stop();
        world.cluster.move(world.topic.partitions().get(0), 0);
        world.cluster.move(world.topic.partitions().get(1), 0);
        Message<byte[], byte[]> message =
                producer.draft(new byte[] {2}).partition(1).produce();
        world.runFor(5 * SECOND);
        assertThat(calls).isEqualTo(before + 1);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    private Producer<byte[], byte[]> producer() {
        listenAsSeed(first);
        ClusterClient client =
                ClusterClient.connect(ClusterOptions.builder("seed:" + PORT).build(), world.env);
        Producer<byte[], byte[]> producer =
                client.topic("topic").producer(ProducerOptions.durable().build());
        producer.draft(new byte[] {1}).partition(0).produce();
        producer.draft(new byte[] {1}).partition(1).produce();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return producer;
    }

    private void listenAsSeed(ModelBroker broker) {
        world.network.listen("seed", PORT, connection -> {
            calls++;
            return broker.accept(connection);
        });
    }
}
