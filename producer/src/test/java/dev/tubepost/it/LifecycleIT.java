package dev.tubepost.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What producers and clusters leave behind: nothing. */
@EmbeddedKafkaTest(shared = true)
final class LifecycleIT {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @Test
    void aThousandClustersLeaveNoThreadAndNoFileDescriptor(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("thousand", 1);
        cycle(kafka, 20);
        long descriptorsBefore = awaitStable();
        long directBefore = directBytes();
        cycle(kafka, 1_000);
        await("no thread is left", () -> ourThreads().isEmpty());
        await("no file descriptor is left", () -> openDescriptors() <= descriptorsBefore + 3);
        System.gc();
        await("no direct memory is left", () -> directBytes() <= directBefore + 4_000_000);
        assertThat(kafka.readAll("thousand", Duration.ofSeconds(30))).hasSize(1_020);
    }

    @Test
    void aThousandProducersOfOneClusterLeaveNothing(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("producers", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            for (int i = 0; i < 1_000; i++) {
                try (Producer<byte[], byte[]> producer = cluster.topic("producers")
                        .producer(ProducerOptions.durable().build())) {
                    producer.produce(VALUE).delivered().get();
                }
            }
            await("one connection for metadata is left", () -> ourThreads().size() <= 4);
        }
        await("no thread is left", () -> ourThreads().isEmpty());
    }

    @Test
    void aMillionHandlesThatAreKeptHoldNoBuffer(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("kept", 1);
        List<Message<byte[], byte[]>> kept = new ArrayList<>(1_000_000);
        byte[] value = new byte[200];
        long directBefore = directBytes();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("kept").producer(ProducerOptions.durable().build())) {
            for (int i = 0; i < 1_000_000; i++) {
                kept.add(producer.produce(value));
            }
            assertThat(producer.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(directBytes() - directBefore).isLessThan(100_000_000L); // 200 MB of values went through
        }
        assertThat(kept).allMatch(Message::isDone);
        assertThat(kept.get(999_999).offset()).isEqualTo(999_999L);
    }

    private static void cycle(EmbeddedKafka kafka, int times) {
        for (int i = 0; i < times; i++) {
            try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                    Producer<byte[], byte[]> producer = cluster.topic("thousand")
                            .producer(ProducerOptions.durable().build())) {
                producer.produce(VALUE);
            }
        }
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("tubepost-") && !name.startsWith("tubepost-embedded"))
                .collect(Collectors.toSet());
    }

    private static long awaitStable() throws InterruptedException {
        await("no thread is left", () -> ourThreads().isEmpty());
        return openDescriptors();
    }

    private static long openDescriptors() {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).as(what).isLessThan(20_000_000_000L);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
        }
    }
}
