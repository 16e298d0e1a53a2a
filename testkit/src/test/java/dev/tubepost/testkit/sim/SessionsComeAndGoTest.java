package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.testkit.broker.ModelBroker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a session leaves when it closes on a cluster that lives on: nothing (F94). */
final class SessionsComeAndGoTest {

    private static final int MANY = 50;
    private static final long TEN_MINUTES = TimeUnit.MINUTES.toNanos(10);

    private final QuietWorld world = new QuietWorld(3, 6);

    private void openProduceAndClose() {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .pendingTimeout(Duration.ofSeconds(1))
                        .build());
        for (int i = 0; i < 12; i++) {
            producer.produce(new byte[100], new byte[] {(byte) i});
        }
        try {
            producer.close();
        } catch (UndeliveredException e) {
            assertThat(world.cluster.brokers()).noneMatch(ModelBroker::isUp);
        }
    }

    private void expectNothingButTheCluster() {
        world.runFor(TEN_MINUTES);
        assertThat(world.env.liveActors()).containsExactly("cluster");
        assertThat(world.env.timers()).isLessThanOrEqualTo(2);
        assertThat(world.network.open()).isLessThanOrEqualTo(1);
        assertThat(world.client.bufferBytesInUse()).isZero();
        assertThat(world.env.faults()).isEmpty();
    }

    @Test
    void leaveNoActorTimerConnectionOrBuffer() {
        for (int i = 0; i < MANY; i++) {
            openProduceAndClose();
        }
        expectNothingButTheCluster();
        assertThat(world.topic.partitions().stream()
                        .mapToInt(partition -> partition.log().size())
                        .sum())
                .isEqualTo(MANY * 12);
    }

    @Test
    void leaveNothingEitherWhenAllBrokersAreAway() {
        openProduceAndClose();
        world.cluster.brokers().forEach(ModelBroker::stop);
        for (int i = 0; i < MANY; i++) {
            openProduceAndClose();
        }
        expectNothingButTheCluster();
        long before = world.env.passes();
        world.runFor(TEN_MINUTES);
        assertThat(world.env.passes() - before)
                .as("nobody dials for whom nobody waits")
                .isLessThan(2_000);
    }
}
