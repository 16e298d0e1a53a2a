package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Compression;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializer;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever code of the user the producer calls, it holds no lock then (I23): what blocks there can block nobody else. */
final class UserCodeHoldsNoLockTest {

    private final QuietWorld world = new QuietWorld(1, 2);
    private final Set<String> called = new TreeSet<>();
    private final List<String> held = new ArrayList<>();

    /** Asks the JVM, which knows every lock of the current thread. */
    private void in(String where) {
        called.add(where);
        long[] current = {Thread.currentThread().getId()};
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(current, true, true)[0];
        Arrays.stream(info.getLockedSynchronizers())
                .map(LockInfo::toString)
                .forEach(lock -> held.add(where + ": " + lock));
        Arrays.stream(info.getLockedMonitors())
                .filter(monitor -> monitor.getLockedStackFrame() != null
                        && monitor.getLockedStackFrame().getClassName().startsWith("dev.tubepost"))
                .forEach(monitor -> held.add(where + ": " + monitor));
    }

    private byte[] serialize(String text) {
        in("serializer");
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private ProducerOptions options() {
        return ProducerOptions.builder()
                .deliveryTimeout(Duration.ofSeconds(5))
                .linger(Duration.ofMillis(5))
                .partitioner((partitions, key) -> {
                    in("partitioner");
                    return partitions.get(0);
                })
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onDelivered(DeliveredBatch batch) {
                        in("listener, delivered");
                    }

                    @Override
                    public void onFailure(FailedMessage failed) {
                        in("listener, failed");
                    }
                })
                .build();
    }

    private void produce(Producer<String, String> producer) {
        Message<String, String> message = producer.produce("value");
        var unused =
                message.delivered().whenComplete((done, failure) -> in(failure == null ? "future" : "failed future"));
    }

    @Test
    void whateverIsCalled() {
        Producer<String, String> producer =
                world.client.topic("topic").producer(options(), Serializer.of(this::serialize, this::serialize));
        produce(producer); // through the backlog, for the topic is not known yet
        world.runFor(1_000_000_000);
        produce(producer); // straight into a queue
        world.runFor(1_000_000_000);
        world.cluster.brokers().get(0).stop();
        produce(producer);
        world.runFor(20_000_000_000L);
        assertThat(called)
                .containsExactly(
                        "failed future",
                        "future",
                        "listener, delivered",
                        "listener, failed",
                        "partitioner",
                        "serializer");
        assertThat(held).isEmpty();
    }

    @Test
    void whoAsksForRoomIsToldByHisExecutorWhenABatchTurnsOutToNeedLess() {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.builder()
                        .bufferMemory(65_536)
                        .compression(Compression.gzip())
                        .reportExecutor(Runnable::run)
                        .build());
        producer.produce(new byte[1]);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        var incompressible = new byte[10_000];
        new SplittableRandom(1).nextBytes(incompressible);
        producer.draft(incompressible).partition(0).produce();
        producer.draft(new byte[7_000]).partition(1).produce();
        producer.draft(new byte[3_000]).partition(1).produce();
        var writable = producer.whenWritable();
        assertThat(writable).isNotDone();
        var unused = writable.thenRun(() -> in("room"));
        world.runFor(1_000_000_000);
        assertThat(called).containsExactly("room");
        assertThat(held).isEmpty();
    }

    @Test
    void theQuestionFindsALockThatIsHeld() {
        var lock = new java.util.concurrent.locks.ReentrantLock();
        lock.lock();
        try {
            in("a test");
        } finally {
            lock.unlock();
        }
        assertThat(held).singleElement().asString().contains("ReentrantLock");
    }
}
