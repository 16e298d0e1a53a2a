package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition with much to send does not keep the others of its broker waiting (F91, KAFKA-13834). */
final class FairnessTest {

    private static final long STEP = TimeUnit.MICROSECONDS.toNanos(100);

    /** Each message is a batch, and a request has room for one. */
    private static final int BYTES = 600;

    private final QuietWorld world = new QuietWorld(1, 3);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partitionsTakeTurns(boolean idempotent) {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .idempotent(idempotent)
                        .linger(Duration.ofMillis(1))
                        .batchBytes(BYTES)
                        .maxRequestSize(1_024)
                        .maxInFlightRequests(1)
                        .build());
        for (int partition = 0; partition < 3; partition++) {
            produce(producer, partition);
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        for (int i = 0; i < 50; i++) {
            produce(producer, 0);
        }
        Message<byte[], byte[]> one = produce(producer, 1);
        Message<byte[], byte[]> other = produce(producer, 2);
        while (!one.isDone() || !other.isDone()) {
            world.runFor(STEP);
        }
        assertThat(world.topic.partitions().get(0).log()).hasSizeLessThan(1 + 6);
        assertThat(producer.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(world.topic.partitions().get(0).log()).hasSize(1 + 50);
    }

    private static Message<byte[], byte[]> produce(Producer<byte[], byte[]> producer, int partition) {
        String value = "m" + ModelCluster.PADDING + "x".repeat(BYTES - 50);
        return producer.draft(value.getBytes(StandardCharsets.UTF_8))
                .partition(partition)
                .produce();
    }
}
