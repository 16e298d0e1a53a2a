package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that does not hear of the controller any more is not asked for ever (F34, F45). */
final class CutOffBrokerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final QuietWorld world = new QuietWorld(3, 3);
    private final Producer<byte[], byte[]> producer =
            world.client.topic("topic").producer(ProducerOptions.lowLatency().build());

    @Test
    void asksAnotherBrokerWhenTheOneThatItAsksHasNothingNew() {
        askOnly(0);
        produce(2);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.runFor(2 * HOUR);
        world.cluster.brokers().get(0).lag(HOUR);
        world.cluster.brokers().get(2).stop();
        world.cluster.move(world.topic.partitions().get(2), 1);
        Message<byte[], byte[]> message = produce(2);
        world.runFor(4 * SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    @Test
    void asksAnotherBrokerAtOnceWhenAnAnswerIsOlderThanWhatIsKnown() {
        askOnly(0);
        produce(1);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.runFor(2 * HOUR);
        world.cluster.move(world.topic.partitions().get(1), 2);
        produce(1);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().get(0).lag(HOUR);
        world.cluster.brokers().get(2).stop();
        world.cluster.move(world.topic.partitions().get(1), 1);
        Message<byte[], byte[]> message = produce(1);
        world.runFor(SECOND);
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    /** Metadata comes from that broker: no other was up when it was asked for first. */
    private void askOnly(int broker) {
        world.cluster.brokers().stream().filter(each -> each.id() != broker).forEach(each -> each.stop());
        produce(broker);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().forEach(each -> each.start());
    }

    private Message<byte[], byte[]> produce(int partition) {
        return producer.draft(new byte[] {1}).partition(partition).produce();
    }
}
