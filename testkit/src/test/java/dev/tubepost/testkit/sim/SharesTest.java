package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.VersionProfile;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A broker's part of the memory is its own, whoever comes first, and ends with the broker (N3). */
final class SharesTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int MEMORY = 8 << 20;
    private static final int MESSAGE = 10_000;

    private final QuietWorld world = new QuietWorld(3, 3);
    private final ModelPartition first = world.topic.partitions().get(0);
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.lowLatency().bufferMemory(MEMORY).build());

    @Test
    void aDeadBrokerThatWasAloneLeavesTheOthersTheirRoom() {
        world.topic.partitions().forEach(partition -> world.cluster.move(partition, 0));
        produce(0, 1);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().get(0).stop();
        fill(0);
        world.cluster.move(world.topic.partitions().get(1), 1);
        world.cluster.move(world.topic.partitions().get(2), 2);
        producer.produce(new byte[] {1});
        world.runFor(TimeUnit.SECONDS.toNanos(5));
        world.cluster.brokers().get(1).stop();
        assertThat(fill(1) * MESSAGE).isGreaterThan(MEMORY / 5);
    }

    @Test
    void workersOfBrokersThatAreGoneEnd() {
        for (int i = 0; i < 20; i++) {
            ModelBroker added = world.cluster.addBroker(VersionProfile.KAFKA_4_4);
            int before = first.leader();
            world.cluster.move(first, added.id());
            world.cluster.brokers().get(before).retire();
            produce(0, 1);
            assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
            world.runFor(6 * MINUTE); // longer than metadata becomes old
        }
        world.runFor(6 * MINUTE);
        assertThat(world.env.liveActors().stream().filter(name -> name.startsWith("broker-")))
                .as("of what leads a partition now")
                .hasSizeLessThanOrEqualTo(4);
        assertThat(world.env.faults()).isEmpty();
    }

    /** Produces until there is no room; how many were taken. */
    private int fill(int partition) {
        int taken = 0;
        while (produce(partition, MESSAGE) != null) {
            taken++;
        }
        return taken;
    }

    private @Nullable Message<byte[], byte[]> produce(int partition, int bytes) {
        return producer.draft(new byte[bytes]).partition(partition).tryProduce();
    }
}
