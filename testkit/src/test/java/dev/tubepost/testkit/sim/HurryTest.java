package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.env.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message with which so many wait that everything is to be sent does not linger, whoever else is just on the way in. */
final class HurryTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LINGER = 60 * SECOND;

    private final QuietWorld world = new QuietWorld(1, 2);
    private final FaultyEnv env = new FaultyEnv(world.env);
    private final ClusterClient client = ClusterClient.connect(
            ClusterOptions.builder(world.cluster.bootstrapServers()).build(), env);
    private final List<Message<byte[], byte[]>> acknowledged = new ArrayList<>();
    private boolean done;

    @AfterEach
    void endThreads() {
        world.env.dismissThreads();
    }

    @Test
    void aMessageOnAnothersCreditOfWhichTheWorkerHearsLast() {
        Producer<byte[], byte[]> producer =
                producer(ProducerOptions.builder().sync(true).pendingTimeout(Duration.ofMinutes(2)));
        env.onStep(point -> {
            if (point == Step.ADMITTED && !done) { // the first has a credit for both
                done = true;
                world.env.callerThread("second").post(() -> produce(producer, 0));
                env.onStep(next -> {
                    if (next == Step.APPENDED) {
                        env.onStep(any -> {});
                        world.env.sleep(SECOND); // the second has appended, and told nobody
                    }
                });
                world.env.sleep(SECOND / 10);
            }
        });
        world.env.callerThread("first").post(() -> produce(producer, 0));
        world.runFor(10 * SECOND);
        assertThat(done).isTrue();
        assertThat(acknowledged).hasSize(2);
    }

    @Test
    void aMessageThatComesInTheMidstOfAPass() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder().minQueuedMessages(2));
        Message<byte[], byte[]> first = tryProduce(producer, 0);
        var second = new AtomicReference<Message<byte[], byte[]>>();
        env.onStep(point -> {
            if (point == Step.CLOSED
                    && second.get() == null) { // the first has lingered, and what came in was heard of before
                second.set(tryProduce(producer, 1));
            }
        });
        world.runFor(LINGER - SECOND);
        assertThat(first.isDone()).isFalse();
        world.runFor(LINGER / 2);
        assertThat(first.isDone()).isTrue();
        assertThat(second.get().isDone()).isTrue();
    }

    @Test
    void butOneThatComesAfterAFlushLingers() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder());
        tryProduce(producer, 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        Message<byte[], byte[]> next = tryProduce(producer, 0);
        world.runFor(LINGER - SECOND);
        assertThat(next.isDone()).isFalse();
        world.runFor(2 * SECOND);
        assertThat(next.isDone()).isTrue();
    }

    private Producer<byte[], byte[]> producer(ProducerOptions.Builder options) {
        Producer<byte[], byte[]> producer = client.topic("topic")
                .producer(options.linger(Duration.ofNanos(LINGER)).build());
        for (int partition = 0; partition < 2; partition++) { // so that the topic is known, and the broker connected
            tryProduce(producer, partition);
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return producer;
    }

    private void produce(Producer<byte[], byte[]> producer, int partition) {
        acknowledged.add(producer.draft(new byte[10]).partition(partition).produce());
    }

    private static Message<byte[], byte[]> tryProduce(Producer<byte[], byte[]> producer, int partition) {
        return Objects.requireNonNull(
                producer.draft(new byte[10]).partition(partition).tryProduce(), "no room");
    }
}
