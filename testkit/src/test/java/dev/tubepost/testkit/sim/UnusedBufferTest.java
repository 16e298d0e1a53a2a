package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.env.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A buffer or a credit that was brought for a message, and is not used, does not keep anybody waiting for room. */
final class UnusedBufferTest {

    /** Of four brokers each has a share of 17,482 bytes: a large buffer (16,384) beside a small one (1,024), and it is nearly all of it. */
    private static final int MEMORY = 79_920;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int LARGE = 10_000;
    private static final int SMALL = 1;

    private final QuietWorld world = new QuietWorld(4, 2);
    private final FaultyEnv env = new FaultyEnv(world.env);
    private final ClusterClient client = ClusterClient.connect(
            ClusterOptions.builder(world.cluster.bootstrapServers()).build(), env);
    private final List<Object> outcomes = new ArrayList<>();
    private int admitted;

    @BeforeEach
    void letOneBrokerLead() {
        world.topic.partitions().forEach(partition -> world.cluster.move(partition, 0));
    }

    @AfterEach
    void endThreads() {
        world.env.dismissThreads();
    }

    @Test
    void whoAsksWhenThereIsRoomIsTold() {
        Producer<byte[], byte[]> producer = producer(2);
        bringInVain(producer);
        CompletableFuture<Void> room = producer.whenWritable();
        world.runFor(MINUTE);
        assertThat(room).isDone();
    }

    @Test
    void aMessageToAnotherPartitionOfTheBrokerFindsRoom() {
        Producer<byte[], byte[]> producer = producer(2);
        bringInVain(producer);
        assertThat(tryProduce(producer, 1, LARGE)).isNotNull();
    }

    @Test
    void aMessageThatFindsNoMemoryKeepsNoCredit() {
        Producer<byte[], byte[]> producer = producer(2);
        assertThat(tryProduce(producer, 0, LARGE)).isNotNull();
        assertThat(tryProduce(producer, 1, LARGE)).isNull();
        assertThat(tryProduce(producer, 0, SMALL)).isNotNull();
    }

    @Test
    void whoWaitsForRoomAndWhoAsksForItDoNotWaitForEachOther() {
        Producer<byte[], byte[]> producer = producer(1_000);
        world.cluster.brokers().get(0).stop();
        assertThat(tryProduce(producer, 0, LARGE)).isNotNull();
        world.env.callerThread("caller").post(() -> produce(producer));
        world.runFor(MINUTE / 600);
        CompletableFuture<Void> room = producer.whenWritable();
        assertThat(room).isNotDone();
        world.cluster.brokers().get(0).start();
        world.runFor(MINUTE);
        assertThat(outcomes).hasSize(1).allMatch(Message.class::isInstance);
        assertThat(room).isDone();
    }

    private Producer<byte[], byte[]> producer(int maxQueuedMessages) {
        Producer<byte[], byte[]> producer = client.topic("topic")
                .producer(ProducerOptions.builder()
                        .bufferMemory(MEMORY)
                        .maxQueuedMessages(maxQueuedMessages)
                        .blockTimeout(Duration.ofSeconds(20))
                        .linger(Duration.ofSeconds(1))
                        .build());
        assertThat(tryProduce(producer, 0, SMALL)).isNotNull(); // so that the topic is known
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return producer;
    }

    /** Somebody brings a buffer for a large message, and while he does another's small message takes his credit, which was the last. */
    private void bringInVain(Producer<byte[], byte[]> producer) {
        assertThat(tryProduce(producer, 0, SMALL)).isNotNull(); // lingers
        admitted = 0;
        env.onStep(point -> {
            if (point == Step.ADMITTED && ++admitted == 2) { // a credit, then a buffer
                assertThat(tryProduce(producer, 0, SMALL)).isNotNull();
            }
        });
        assertThat(tryProduce(producer, 0, LARGE)).isNull();
        assertThat(admitted).isEqualTo(2);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
    }

    private void produce(Producer<byte[], byte[]> producer) {
        try {
            outcomes.add(producer.draft(new byte[LARGE]).partition(0).produce());
        } catch (ProducerQueueFullException e) {
            outcomes.add(e);
        }
    }

    private static @Nullable Message<byte[], byte[]> tryProduce(
            Producer<byte[], byte[]> producer, int partition, int bytes) {
        return producer.draft(new byte[bytes]).partition(partition).tryProduce();
    }
}
