package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.bench.server.AckServer;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.partition.RandomPartitioner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a producer does while nobody produces. */
final class IdleTest {

    private static final int PARTITIONS = 10_000;
    private static final int SECONDS = 2;

    @Test
    void anIdleProducerWithTenThousandPartitionsHardlyWakes() throws Exception {
        var loops = new EventLoops(EventLoops.Settings.defaults());
        try (AckServer server = AckServer.start(0, 1, PARTITIONS, false);
                Cluster cluster = ClusterClient.connect(
                        ClusterOptions.builder(server.bootstrapServers()).build(), loops);
                Producer<byte[], byte[]> producer = cluster.topic("idle")
                        .producer(ProducerOptions.durable()
                                .partitionerFactory(RandomPartitioner::new)
                                .build())) {
            for (int i = 0; i < PARTITIONS; i++) {
                producer.post(new byte[10], null);
            }
            assertThat(producer.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(server.totals().records()).isEqualTo(PARTITIONS);

            long before = loops.passes();
            // Nothing can happen, and it is the time in which nothing happens that is of interest.
            assertThat(new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS)).isFalse();
            assertThat(loops.passes() - before).isLessThanOrEqualTo(10 * SECONDS);
        }
    }
}
