package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker whose address belongs to another one now is left at once, and found again (F41, F42, KIP-1242). */
final class AnotherAddressTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(2, 2);
    private final Producer<byte[], byte[]> producer =
            world.client.topic("topic").producer(ProducerOptions.durable().build());

    @Test
    void findsBrokersThatHaveExchangedTheirAddresses() {
        produceToBoth();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.exchangeAddresses(
                world.cluster.brokers().get(0), world.cluster.brokers().get(1));
        world.runFor(SECOND);
        List<Message<byte[], byte[]>> after = produceToBoth();
        world.runFor(10 * SECOND);
        assertThat(after).allSatisfy(message -> {
            assertThat(message.isDone()).isTrue();
            assertThat(message.failure()).isNull();
        });
        assertThat(world.cluster.violations()).isEmpty();
    }

    private List<Message<byte[], byte[]>> produceToBoth() {
        return IntStream.range(0, 2)
                .mapToObj(partition ->
                        producer.draft(new byte[] {1}).partition(partition).produce())
                .toList();
    }
}
