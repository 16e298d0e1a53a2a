package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.env.Step;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A buffer that a queue holds unused does not keep anybody waiting for room. */
final class UnusedBufferTest {

    /** Of four brokers each has a share of 18,506 bytes: a large buffer (16,384) beside a small one (2,048), and it is nearly all of it. */
    private static final int MEMORY = 84_600;

    private static final int LARGE = 10_000;
    private static final int SMALL = 1;

    private final QuietWorld world = new QuietWorld(4, 1);
    private final FaultyEnv env = new FaultyEnv(world.env);
    private final ClusterClient client = ClusterClient.connect(
            ClusterOptions.builder(world.cluster.bootstrapServers()).build(), env);
    private final Producer<byte[], byte[]> producer = client.topic("topic")
            .producer(ProducerOptions.builder()
                    .bufferMemory(MEMORY)
                    .maxQueuedMessages(2)
                    .linger(Duration.ofSeconds(1))
                    .build());
    private int admitted;

    @Test
    void whoAsksWhenThereIsRoomIsTold() {
        leaveBuffer();
        CompletableFuture<Void> room = producer.whenWritable();
        world.runFor(TimeUnit.MINUTES.toNanos(1));
        assertThat(room).isDone();
    }

    /** Somebody brings a buffer for a large message, and while he does another's small message takes his credit, which was the last. */
    private void leaveBuffer() {
        assertThat(tryProduce(SMALL)).isNotNull(); // so that the topic is known
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(tryProduce(SMALL)).isNotNull(); // lingers
        admitted = 0;
        env.onStep(point -> {
            if (point == Step.ADMITTED && ++admitted == 2) { // a credit, then a buffer
                assertThat(tryProduce(SMALL)).isNotNull();
            }
        });
        assertThat(tryProduce(LARGE)).isNull();
        assertThat(admitted).isEqualTo(2);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
    }

    private @Nullable Message<byte[], byte[]> tryProduce(int bytes) {
        return producer.draft(new byte[bytes]).tryProduce();
    }
}
