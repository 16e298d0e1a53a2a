package dev.tubepost.it.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** When messages leave: enough of them, or linger over. */
@EmbeddedKafkaTest(shared = true)
final class WhenToSendIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration VERY_LONG = Duration.ofSeconds(100);
    private static final byte[] VALUE = new byte[10];

    private final EmbeddedKafka kafka;

    WhenToSendIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void sendsAtOnceWhenEnoughMessagesWait() throws Exception {
        kafka.createTopic("enough", 3);
        ProducerOptions options =
                ProducerOptions.builder().minQueuedMessages(5).linger(VERY_LONG).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("enough").producer(options)) {
            for (int round = 1; round <= 5; round++) { // the first one waits for metadata, too
                List<Message<byte[], byte[]>> messages = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    messages.add(producer.produce(VALUE));
                }
                assertThat(kafka.endOffsets("enough").values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(5L * (round - 1));
                assertThat(messages).noneMatch(Message::isDone);
                messages.add(producer.produce(VALUE)); // on whatever partition, it sends those on the others, too
                for (Message<byte[], byte[]> message : messages) {
                    assertThat(message.delivered().get(20, TimeUnit.SECONDS).attempts())
                            .isEqualTo(1);
                }
            }
        }
        assertThat(kafka.readAll("enough")).hasSize(25);
    }

    @Test
    void sendsAtOnceWhenTheQueueIsFullIfThatIsFewer() throws Exception {
        kafka.createTopic("few", 1);
        ProducerOptions options =
                ProducerOptions.builder().maxQueuedMessages(3).linger(VERY_LONG).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("few").producer(options)) {
            List<Message<byte[], byte[]>> messages = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                messages.add(producer.produce(VALUE)); // blocks now and then, and never for the time of linger
            }
            // Two of the last ones may wait for a third: callers who wait for room have batches sent before they are
            // full.
            assertThat(messages.get(9).delivered().get(20, TimeUnit.SECONDS).offset())
                    .isEqualTo(9);
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(kafka.readAll("few")).hasSize(12);
    }

    @Test
    void aFullBatchLeavesAtOnce() throws Exception {
        kafka.createTopic("full-batch", 1);
        ProducerOptions options =
                ProducerOptions.builder().batchBytes(10_000).linger(VERY_LONG).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("full-batch").producer(options)) {
            Message<byte[], byte[]> first = producer.produce(new byte[6_000]);
            Message<byte[], byte[]> second = producer.produce(new byte[6_000]);
            assertThat(first.delivered().get(20, TimeUnit.SECONDS).offset()).isZero();
            assertThat(second.isDone()).isFalse();
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(second.offset()).isEqualTo(1);
        }
        assertThat(kafka.readAll("full-batch")).hasSize(2);
    }

    @Test
    void lingerCountsFromTheFirstMessageAndGathersThoseThatCome() throws Exception {
        kafka.createTopic("lingering", 1);
        Duration linger = Duration.ofMillis(500);
        var batches = new Batches();
        ProducerOptions options = ProducerOptions.builder()
                .linger(linger)
                .deliveryListener(batches)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("lingering").producer(options)) {
            long begin = System.nanoTime();
            Message<byte[], byte[]> first = producer.produce(VALUE);
            int more = 0;
            while (!isDeliveredWithin(first, 20)) { // a linger that began anew each time would never be over
                producer.produce(VALUE);
                more++;
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(linger, linger.multipliedBy(20));
            assertThat(more).isPositive();
        }
        assertThat(batches.delivered).isNotEmpty();
        assertThat(batches.delivered.peek().messages()).isGreaterThan(1);
    }

    private static boolean isDeliveredWithin(Message<?, ?> message, long millis) throws Exception {
        try {
            message.delivered().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void withoutLingerMessagesLeaveAtOnceAndNobodySpins() throws Exception {
        kafka.createTopic("no-linger", 1);
        ProducerOptions options = ProducerOptions.builder()
                .linger(Duration.ZERO)
                .deliveryReports(true)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("no-linger").producer(options)) {
            for (int i = 0; i < 20; i++) {
                assertThat(producer.produce(VALUE)
                                .delivered()
                                .get(20, TimeUnit.SECONDS)
                                .offset())
                        .isEqualTo(i);
                assertThat(producer.deliveryReports().poll(LONG)).isNotNull();
            }
            long before = cpuNanosOfLoops();
            assertThat(producer.deliveryReports().poll(Duration.ofMillis(500))).isNull(); // idle for that long
            assertThat(Duration.ofNanos(cpuNanosOfLoops() - before)).isLessThan(Duration.ofMillis(50));
        }
        assertThat(kafka.readAll("no-linger")).hasSize(20);
    }

    private static long cpuNanosOfLoops() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith("tubepost-io"))
                .mapToLong(info -> Math.max(0, threads.getThreadCpuTime(info.getThreadId())))
                .sum();
    }

    private static final class Batches implements DeliveryListener {
        final ConcurrentLinkedQueue<DeliveredBatch> delivered = new ConcurrentLinkedQueue<>();

        @Override
        public void onDelivered(DeliveredBatch batch) {
            delivered.add(batch);
        }
    }
}
