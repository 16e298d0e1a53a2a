package dev.tubepost.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages leave when linger is over, whatever happened to those before them. */
@EmbeddedKafkaTest(shared = true)
class LingerIT {

    private static final Duration LINGER = Duration.ofMillis(200);
    private static final int HALF_BATCH = 1000;

    @Test
    void sendsWhatComesAfterALingerThatAFlushOvertook(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("overtaken", 2);
        ProducerOptions options = ProducerOptions.durable()
                .linger(LINGER)
                .batchBytes(2 * HALF_BATCH)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("overtaken").producer(options)) {
            assertThat(offset(toPartition(producer, 0))).isZero(); // from now on nothing waits for metadata
            toPartition(producer, 0);
            // The second one does not fit, so the first one leaves at once, and by then it is known that partition 0
            // lingers.
            Message<byte[], byte[]> first = toPartition(producer, 1);
            toPartition(producer, 1);
            assertThat(offset(first)).isZero();
            assertThat(producer.flush(Duration.ofSeconds(30))).isTrue();
            // Its linger begins later, so when it is over, so is that of partition 0, where there is nothing by then.
            assertThat(offset(toPartition(producer, 1))).isEqualTo(2);
            assertThat(offset(toPartition(producer, 0))).isEqualTo(2);
        }
    }

    @Test
    void sendsWhatComesAfterANewViewOfTheCluster(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("viewed", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("viewed")
                        .producer(ProducerOptions.durable().linger(LINGER).build())) {
            assertThat(offset(toPartition(producer, 0))).isZero();
            cluster.update().get(30, TimeUnit.SECONDS);
            assertThat(offset(toPartition(producer, 0))).isEqualTo(1);
        }
    }

    private static Message<byte[], byte[]> toPartition(Producer<byte[], byte[]> producer, int partition) {
        return producer.draft(new byte[HALF_BATCH]).partition(partition).produce();
    }

    private static long offset(Message<byte[], byte[]> message) throws Exception {
        return message.delivered().get(30, TimeUnit.SECONDS).offset();
    }
}
