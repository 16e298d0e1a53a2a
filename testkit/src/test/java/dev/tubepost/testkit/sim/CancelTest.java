package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReport;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes known of messages that are taken back. */
final class CancelTest {

    private final QuietWorld world = new QuietWorld(1, 1);
    private final List<FailedMessage> heard = new ArrayList<>();
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.builder()
                    .linger(Duration.ofSeconds(1))
                    .deliveryReports(true)
                    .deliveryListener(new DeliveryListener() {
                        @Override
                        public void onFailure(FailedMessage message) {
                            heard.add(message);
                        }
                    })
                    .build());

    private Message<byte[], byte[]> produce(int value) {
        return producer.produce(new byte[] {(byte) value});
    }

    private List<DeliveryReport<byte[], byte[]>> reports() {
        var all = new ArrayList<DeliveryReport<byte[], byte[]>>();
        for (var report = producer.deliveryReports().poll(); report != null; ) {
            all.add(report);
            report = producer.deliveryReports().poll();
        }
        return all;
    }

    @Test
    void isReportedOnceAndHeardOfWhenTakenOutOfABatch() {
        produce(0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        Message<byte[], byte[]> before = produce(1);
        Message<byte[], byte[]> taken = produce(2);
        Message<byte[], byte[]> after = produce(3);
        assertThat(taken.cancel()).isTrue();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(reports()).extracting(DeliveryReport::message).hasSize(4).contains(before, taken, after);
        assertThat(taken.failure()).isInstanceOf(MessageCancelledException.class);
        assertThat(heard).singleElement().satisfies(failed -> {
            assertThat(failed.value()).containsExactly(2);
            assertThat(failed.failure()).isInstanceOf(MessageCancelledException.class);
        });
        assertThat(world.topic.partitions().get(0).log()).hasSize(3);
    }

    @Test
    void isReportedOnceAndHeardOfWhenTakenOutOfABacklog() {
        Message<byte[], byte[]> taken = produce(1);
        assertThat(taken.cancel()).isTrue();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(reports()).extracting(DeliveryReport::message).isEqualTo(List.of(taken));
        assertThat(heard).hasSize(1);
        assertThat(world.topic.partitions().get(0).log()).isEmpty();
    }

    /** Nothing was ever sent of it (N13), whatever its batch has been prepared for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTakenOutOfABatchThatWaitsForABrokerThatIsDown(boolean compressed) {
        Producer<byte[], byte[]> sender = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .linger(Duration.ZERO)
                        .compression(compressed ? Compression.gzip() : Compression.none())
                        .build());
        sender.produce(new byte[] {0});
        assertThat(sender.flush(Duration.ofSeconds(5))).isTrue();
        ModelBroker broker = world.cluster.brokers().get(0);
        broker.stop();
        world.runFor(TimeUnit.SECONDS.toNanos(1));
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            messages.add(sender.produce(Arrays.copyOf(new byte[] {(byte) i}, 100)));
        }
        world.runFor(TimeUnit.SECONDS.toNanos(1));
        assertThat(messages.get(1).cancel()).isTrue();
        world.runFor(TimeUnit.SECONDS.toNanos(1));
        assertThat(messages.get(3).cancel()).isTrue();
        broker.start();
        assertThat(sender.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(messages).extracting(Message::offset).containsExactly(1L, -1L, 2L, -1L, 3L);
        assertThat(world.topic.partitions().get(0).log()).hasSize(4);
        assertThat(messages.get(0).cancel()).isFalse();
        assertThat(world.client.bufferBytesInUse()).isZero();
        assertThat(world.cluster.violations()).isEmpty();
    }

    @Test
    void isNotTakenOutOfABatchThatMayBeWritten() { // design promise 3
        produce(0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        ModelBroker broker = world.cluster.brokers().get(0);
        broker.muteAll();
        Message<byte[], byte[]> sent = produce(1);
        world.runFor(TimeUnit.SECONDS.toNanos(2));
        broker.stop();
        world.runFor(TimeUnit.SECONDS.toNanos(2));
        assertThat(sent.isDone()).isFalse();
        assertThat(sent.cancel()).isFalse();
    }
}
