package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.env.Hazards;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A message has its outcome when its time is over, wherever it has been in the meantime (I11). */
final class ExpiryTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 2);
    private final ModelPartition partition = world.topic.partitions().get(0);
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.durable()
                    .linger(Duration.ofMillis(4_900))
                    .deliveryTimeout(Duration.ofSeconds(5))
                    .build());

    @Test
    void whatComesToAWorkerLateIsNotForgottenForWhatItHasAlready() {
        produceTo(1);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.move(partition, -1);
        learnLeaders();
        world.runFor(SECOND);
        Message<byte[], byte[]> old = produceTo(0); // nobody leads
        world.runFor(9 * SECOND / 2);
        produceTo(1); // the worker looks when this one's time is over
        world.runFor(SECOND / 10);
        world.cluster.move(partition, 0);
        learnLeaders();
        world.runFor(SECOND / 5);
        world.cluster.brokers().get(0).stop();
        world.runFor(SECOND);
        assertThat(old.isDone()).isTrue();
        assertThat(old.failure()).isInstanceOf(DeliveryTimeoutException.class);
    }

    @Test
    void whatWaitsToBeCompressedDoesNotPutOffWhatIsDue() {
        Producer<byte[], byte[]> compressing = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .compression(Compression.gzip())
                        .linger(Duration.ZERO)
                        .deliveryTimeout(Duration.ofSeconds(1))
                        .batchBytes(1) // each message is a batch
                        .build());
        produceTo(compressing, 0);
        assertThat(compressing.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().get(0).stop();
        world.env.hazards(new BusyCompressor());
        for (int i = 0; i < 100; i++) {
            produceTo(compressing, 0);
        }
        world.runFor(SECOND / 2);
        world.env.hazards(Hazards.NONE);
        Message<byte[], byte[]> other = produceTo(compressing, 1);
        world.runFor(SECOND + SECOND / 5);
        assertThat(other.failure()).isInstanceOf(DeliveryTimeoutException.class);
    }

    /** Has one thread, and needs 50 ms for each batch. */
    private static final class BusyCompressor implements Hazards {
        private long busyNanos;

        @Override
        public long sideWorkNanos() {
            busyNanos += SECOND / 20;
            return busyNanos;
        }
    }

    private void learnLeaders() {
        var unused = world.client.update();
    }

    private Message<byte[], byte[]> produceTo(int to) {
        return produceTo(producer, to);
    }

    private static Message<byte[], byte[]> produceTo(Producer<byte[], byte[]> with, int to) {
        return with.draft(new byte[] {1}).partition(to).produce();
    }
}
