package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class IdleTest {

    private static final int PARTITIONS = 10_000;
    private static final int SECONDS = 600;
    private static final int PASSES_PER_SECOND = 10;

    @Test
    void hardlyMovesWithTenThousandPartitionsThatWereUsedOnce() {
        var world = new QuietWorld(3, PARTITIONS);
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.lowLatency().build());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.draft(new byte[] {1}).partition(partition).produce();
        }
        assertThat(producer.flush(Duration.ofMinutes(1))).isTrue();
        world.runFor(TimeUnit.SECONDS.toNanos(10));
        long before = world.env.passes();
        world.runFor(TimeUnit.SECONDS.toNanos(SECONDS));
        assertThat(world.env.passes() - before).isLessThanOrEqualTo((long) PASSES_PER_SECOND * SECONDS);
        assertThat(world.env.faults()).isEmpty();
        assertThat(world.cluster.violations()).isEmpty();
    }
}
