package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.env.Hazards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stop and a close are over in their time, in whatever state they find the producer, and every message has its outcome. */
final class CloseTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(2, 2);
    private final List<Message<byte[], byte[]>> messages = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    private Producer<byte[], byte[]> producer(ProducerOptions.Builder options) {
        return world.client.topic("topic").producer(options.build());
    }

    private void produce(Producer<byte[], byte[]> producer, int count) {
        for (int i = 0; i < count; i++) {
            messages.add(producer.produce(new byte[1_000]));
        }
    }

    /** How long a call took, in seconds. */
    private void timed(String what, Runnable call) {
        long begin = world.env.events().now();
        String how = "";
        try {
            call.run();
        } catch (UndeliveredException e) {
            how = ", undelivered " + e.notWritten();
        } catch (ProducerInterruptedException e) {
            how = ", interrupted";
        }
        seen.add(what + how + ": " + (world.env.events().now() - begin) / SECOND + " s");
    }

    @AfterEach
    void endThreads() {
        world.env.dismissThreads();
    }

    @Test
    void aCloseCutsOffAStopThatHasMoreTime() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder());
        world.cluster.brokers().forEach(ModelBroker::stop);
        produce(producer, 3);
        Mailbox stopper = world.env.callerThread("stopper");
        Mailbox closer = world.env.callerThread("closer");
        stopper.post(() -> timed("stop", () -> producer.stop(Duration.ofMinutes(10))));
        world.runFor(SECOND);
        closer.post(() -> timed("close", () -> world.client.close(Duration.ofSeconds(2))));
        world.runFor(10 * SECOND);
        assertThat(seen).containsExactlyInAnyOrder("stop: 3 s", "close, undelivered 3: 2 s");
        assertThat(messages).allMatch(Message::isDone);
    }

    @Test
    void theSecondToCloseWaitsNoLongerThanItsOwnTime() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder());
        world.cluster.brokers().forEach(ModelBroker::stop);
        produce(producer, 1);
        Mailbox one = world.env.callerThread("one");
        Mailbox other = world.env.callerThread("other");
        one.post(() -> timed("one", () -> world.client.close(Duration.ofSeconds(60))));
        world.runFor(SECOND);
        other.post(() -> timed("other", () -> world.client.close(Duration.ofSeconds(1))));
        world.runFor(10 * SECOND);
        assertThat(seen).containsExactlyInAnyOrder("one, undelivered 1: 2 s", "other: 1 s");
        assertThat(world.env.isClosed()).isTrue();
    }

    @Test
    void aStartWaitsForTheStopBeforeIt() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder());
        world.cluster.brokers().forEach(ModelBroker::stop);
        produce(producer, 1);
        world.env.callerThread("stopper").post(() -> timed("stop", () -> producer.stop(Duration.ofSeconds(5))));
        world.runFor(SECOND);
        world.env.callerThread("starter").post(() -> timed("start", producer::start));
        world.runFor(10 * SECOND);
        assertThat(seen).containsExactlyInAnyOrder("stop: 5 s", "start: 4 s");
        produce(producer, 1);
    }

    @Test
    void messagesWhoseCompressionTakesLongerThanTheCloseHaveAnOutcomeAndLeaveNothing() {
        world.env.hazards(new Hazards() {
            @Override
            public long sideWorkNanos() {
                return 5 * SECOND;
            }
        });
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder()
                .compression(Compression.gzip())
                .linger(Duration.ZERO)
                .bufferMemory(1 << 20));
        produce(producer, 10);
        world.runFor(SECOND);
        Mailbox closer = world.env.callerThread("closer");
        closer.post(() -> {
            world.env.interruptAt(world.env.events().now());
            timed("close", () -> world.client.close(Duration.ofSeconds(1)));
            seen.add("flag " + Thread.interrupted());
        });
        world.runFor(10 * SECOND);
        assertThat(seen).containsExactly("close, interrupted: 0 s", "flag true");
        assertThat(messages).allMatch(Message::isDone);
        assertThat(messages).extracting(Message::failure).anyMatch(DeliveryException.class::isInstance);
        assertThat(world.client.bufferBytesInUse()).isZero();
        assertThat(world.env.isClosed()).isTrue();
        assertThat(world.env.liveActors()).isEmpty();
    }

    @Test
    void nothingIsTakenAfterAStop() {
        Producer<byte[], byte[]> producer = producer(ProducerOptions.builder());
        producer.stop(Duration.ofSeconds(1));
        try {
            produce(producer, 1);
            seen.add("taken");
        } catch (ProducerStoppedException e) {
            seen.add("refused");
        }
        assertThat(seen).containsExactly("refused");
    }
}
