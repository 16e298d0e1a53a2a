package dev.tubepost.it.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long the broker waits for its replicas. Here a replica fetches only after ten seconds, unless there is a lot to fetch. */
@EmbeddedKafkaTest(
        brokers = 2,
        config = {"replica.fetch.min.bytes=10000000", "replica.fetch.wait.max.ms=10000"})
final class AckTimeoutIT {

    private final EmbeddedKafka kafka;

    AckTimeoutIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void theBrokerAnswersWhenTheAckTimeoutIsOver() {
        kafka.createTopic("slow-replicas", 1, 2, Map.of());
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .requiredAcks(-1)
                .ackTimeout(Duration.ofMillis(300))
                .pendingTimeout(Duration.ofSeconds(60))
                .maxRetries(0)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            Producer<byte[], byte[]> producer = cluster.topic("slow-replicas").producer(options);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> producer.produce(new byte[10]))
                    .isInstanceOfSatisfying(DeliveryException.class, e -> {
                        assertThat(e.errorName()).isEqualTo("REQUEST_TIMED_OUT");
                        assertThat(e.maybeWritten()).isTrue(); // the leader has it
                        assertThat(e.attempts()).isEqualTo(1);
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(9));
            assertThatThrownBy(producer::close).hasMessageContaining("1 maybe written");
        }
    }
}
