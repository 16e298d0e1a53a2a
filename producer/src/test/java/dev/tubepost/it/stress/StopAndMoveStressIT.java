package dev.tubepost.it.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * 32 threads produce while the producer is stopped, started again and closed, and while leaders move. Ten seconds or so;
 * {@code -Dtubepost.stress.seconds=600} for longer.
 */
@EmbeddedKafkaTest(brokers = 3)
final class StopAndMoveStressIT {

    private static final String TOPIC = "stress";
    private static final int PARTITIONS = 6;
    private static final int THREADS = 32;
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("tubepost.stress.seconds", 10));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedKafka kafka;
    private final StressCallers callers = new StressCallers(THREADS);
    private final SplittableRandom random = new SplittableRandom(7);
    private final AtomicBoolean over = new AtomicBoolean();

    StopAndMoveStressIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void everyMessageIsRefusedOrReportedOnceAndWhatIsAcknowledgedIsThereOnceAndInOrder() throws Exception {
        kafka.createTopic(TOPIC, PARTITIONS, 3, Map.of());
        long socketsBefore = openSockets();
        var faults = new ConcurrentLinkedQueue<Throwable>();
        var loops = new EventLoops(
                new EventLoops.Settings(2, EventLoops.platformThreads(), 0, 0, (where, thrown) -> faults.add(thrown)));
        var options = ClusterOptions.builder(kafka.bootstrapServers()).build();
        ClusterClient cluster = ClusterClient.connect(options, loops);
        try {
            produceInRounds(cluster);
        } finally {
            cluster.close();
        }
        assertThat(callers.surprises()).isEmpty();
        assertThat(faults).as("what no code expected").isEmpty();
        Eventually.holds("every message is reported", PATIENCE, this::allReported);
        assertThat(callers.sent()).as("once").allMatch(sent -> sent.reports.get() == 1);
        assertThat(cluster.bufferBytesInUse())
                .as("bytes of buffers that are still in use")
                .isZero();
        Eventually.holds("no thread is left", () -> ourThreads().isEmpty());
        compareWithTheLog();
        Eventually.holds("no socket is left", PATIENCE, () -> openSockets() <= socketsBefore + 20); // Kafka's own vary
    }

    private void produceInRounds(Cluster cluster) throws InterruptedException {
        var thrown = new AtomicReference<@Nullable Throwable>();
        var mover = new Thread(this::moveLeaders, "mover");
        mover.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        mover.start();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LENGTH.toNanos()) {
            round(cluster);
        }
        over.set(true);
        mover.join();
        assertThat(thrown.get()).isNull();
    }

    /** A producer's life: produce, stop, start again, produce, close. */
    private void round(Cluster cluster) throws InterruptedException {
        Producer<String, String> producer =
                cluster.topic(TOPIC).producer(random.nextBoolean() ? durable() : linger(), Serializers.utf8());
        List<Thread> running = callers.start(producer);
        awaitMessages(500 + random.nextInt(2_000));
        producer.stop(Duration.ofMillis(random.nextInt(3) * 100L)); // with no time at all, too
        join(running);
        producer.start();
        List<Thread> again = callers.start(producer);
        awaitMessages(500 + random.nextInt(2_000));
        try {
            producer.close();
        } catch (UndeliveredException e) {
            assertThat(e.notWritten() + e.maybeWritten())
                    .as("the stop has cut these off")
                    .isPositive();
        }
        join(again);
    }

    private static ProducerOptions durable() {
        return small(ProducerOptions.durable().linger(Duration.ZERO));
    }

    private static ProducerOptions linger() {
        return small(ProducerOptions.durable().linger(Duration.ofMillis(20)));
    }

    /** So small that callers wait, and now and then in vain. */
    private static ProducerOptions small(ProducerOptions.Builder options) {
        return options.maxQueuedMessages(200)
                .blockOnQueueFull(true)
                .blockTimeout(Duration.ofMillis(20))
                .build();
    }

    private void awaitMessages(int more) {
        int goal = callers.count() + more;
        Eventually.holds("messages are let in", PATIENCE, () -> callers.count() >= goal);
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            assertThat(thread.isAlive()).as("%s hangs", thread).isFalse();
        }
    }

    private void moveLeaders() {
        for (int i = 0; !over.get(); i++) {
            int partition = i % PARTITIONS;
            kafka.moveLeader(TOPIC, partition, kafka.leader(TOPIC, partition) % 3 + 1);
        }
    }

    private boolean allReported() {
        for (StressCallers.Sent sent : callers.sent()) {
            if (sent.reports.get() == 0) {
                return false;
            }
        }
        return true;
    }

    private void compareWithTheLog() {
        Map<String, Integer> times = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        kafka.forEach(TOPIC, PATIENCE, message -> {
            String text = Objects.requireNonNull(message.valueText());
            times.merge(text, 1, Integer::sum);
            String[] callerAndNumber = text.split(" ", 2);
            Long before = last.put(message.partition() + ":" + callerAndNumber[0], Long.valueOf(callerAndNumber[1]));
            assertThat(before == null || before < Long.parseLong(callerAndNumber[1]))
                    .as("%s comes after %s in partition %s", text, before, message.partition())
                    .isTrue();
        });
        int acknowledged = 0;
        for (StressCallers.Sent sent : callers.sent()) {
            int found = times.getOrDefault(sent.text, 0);
            if (sent.isAcknowledged()) {
                acknowledged++;
                assertThat(found).as("%s was acknowledged", sent.text).isOne();
            } else {
                boolean maybe = Objects.requireNonNull(sent.failure).maybeWritten();
                assertThat(found).as("%s failed: %s", sent.text, sent.failure).isLessThanOrEqualTo(maybe ? 1 : 0);
            }
        }
        assertThat(acknowledged).as("messages that were acknowledged").isGreaterThan(1_000);
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tubepost-") && !name.startsWith("tubepost-embedded"))
                .toList();
    }

    /** Of sockets alone: the brokers of this JVM open and close files of their logs all the time. */
    private static long openSockets() {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(StopAndMoveStressIT::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
