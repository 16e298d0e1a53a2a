package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelPartition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that is behind must not end the search for a leader (F34, F38). */
final class OldMetadataTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 1);
    private final ModelPartition partition = world.topic.partitions().get(0);
    private final Producer<byte[], byte[]> producer =
            world.client.topic("topic").producer(ProducerOptions.lowLatency().build());

    @Test
    void asksOnWhileNobodyLeadsWhateverAnOldAnswerSays() {
        producer.produce(new byte[] {1});
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.move(partition, -1);
        Message<byte[], byte[]> message = producer.produce(new byte[] {2});
        world.runFor(SECOND / 2); // refused, and told that nobody leads
        world.cluster.brokers().get(0).lag(10 * SECOND);
        world.runFor(3 * SECOND); // told of the leader that is gone
        world.cluster.brokers().get(0).lag(0);
        world.cluster.move(partition, 0);
        world.runFor(3 * SECOND);
        assertThat(message.failure()).isNull();
        assertThat(message.isDone()).isTrue();
    }
}
