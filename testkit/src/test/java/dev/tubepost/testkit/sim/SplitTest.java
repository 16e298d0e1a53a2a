package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.Appended;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that a broker finds too large go in parts, behind others that are in flight, and in order (KIP-126). */
final class SplitTest {

    private final QuietWorld world = new QuietWorld(1, 1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsArriveInOrderThoughOthersWereInFlightBehindTheWhole(boolean idempotent) {
        ProducerOptions options = ProducerOptions.durable()
                .idempotent(idempotent)
                .linger(Duration.ZERO)
                .batchBytes(2_000)
                .build();
        Producer<byte[], byte[]> producer = world.client.topic("topic").producer(options);
        producer.produce("first".getBytes(StandardCharsets.UTF_8));
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.limitMessages("topic", 600);
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            messages.add(producer.produce(("m" + i + "|" + "x".repeat(50)).getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(producer.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(messages).allMatch(message -> message.failure() == null);
        assertThat(world.topic.partitions().get(0).log().stream().skip(1))
                .extracting(Appended::value)
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        assertThat(world.cluster.violations()).isEmpty();
    }
}
