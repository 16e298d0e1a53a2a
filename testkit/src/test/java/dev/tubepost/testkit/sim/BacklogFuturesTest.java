package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Futures of messages whose topic is not known yet: completed among the reports, whoever ends or moves the message. */
final class BacklogFuturesTest {

    private final QuietWorld world = new QuietWorld(1, 1);
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.durable()
                    .deliveryTimeout(Duration.ofSeconds(2))
                    .build());

    /** For each completion whether it was among the reports. */
    private final List<Boolean> amongReports = new ArrayList<>();

    private Message<byte[], byte[]> produce() {
        Message<byte[], byte[]> message = producer.produce(new byte[] {1});
        assertThat(message.isDone()).isFalse();
        assertThat(message.partition()).isEqualTo(-1);
        var unused = message.delivered().whenComplete((done, failure) -> amongReports.add(isReport()));
        return message;
    }

    /** A flush there would wait for itself, and throws. */
    private boolean isReport() {
        try {
            producer.flush(Duration.ZERO);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void comeTrueWhenTheMessageIsAcknowledged() {
        Message<byte[], byte[]> first = produce();
        Message<byte[], byte[]> second = produce();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(List.of(first.offset(), second.offset())).containsExactly(0L, 1L);
        assertThat(amongReports).containsExactly(true, true);
    }

    @Test
    void failWhenTheMessageRunsOutOfTime() {
        world.cluster.brokers().get(0).stop();
        Message<byte[], byte[]> message = produce();
        world.runFor(TimeUnit.SECONDS.toNanos(5));
        assertThat(message.failure()).isNotNull();
        assertThat(amongReports).containsExactly(true);
    }

    @Test
    void failWhenTheMessageIsTakenBack() {
        Message<byte[], byte[]> message = produce();
        assertThat(message.cancel()).isTrue();
        assertThat(message.failure()).isInstanceOf(MessageCancelledException.class);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(amongReports).containsExactly(true);
        assertThat(message.cancel()).isFalse();
    }
}
