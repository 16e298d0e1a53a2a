package dev.tubepost.it.limits;

import static dev.tubepost.it.Interruption.interrupted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * How much waits in a producer, and what happens to who wants more. A listener that blocks keeps every place taken: a message holds its
 * place until it is reported.
 */
@EmbeddedKafkaTest(shared = true)
final class QueueLimitsIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LIMIT = 50;
    private static final byte[] VALUE = new byte[10];

    private final EmbeddedKafka kafka;

    QueueLimitsIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void takesExactlyTheLimitFromFourThreadsAndNoneMore() throws Exception {
        kafka.createTopic("exact", 4);
        var reports = new HeldReports();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("exact").producer(limited(reports, false))) {
            open(producer, reports);
            List<Future<Integer>> accepted = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                accepted.add(threads.submit(() -> produceUntilFull(producer)));
            }
            int sum = 0;
            for (Future<Integer> each : accepted) {
                sum += each.get(30, TimeUnit.SECONDS);
            }
            assertThat(sum).isEqualTo(LIMIT);
            assertThat(producer.tryProduce(VALUE, null)).isNull();
            reports.release();
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(producer.tryProduce(VALUE, null)).isNotNull();
        } finally {
            threads.shutdownNow();
        }
        assertThat(kafka.readAll("exact")).hasSize(LIMIT + 2);
    }

    /** Makes the partitions known, so that nothing counts as unassigned any more, and holds the reports from now on. */
    private static void open(Producer<byte[], byte[]> producer, HeldReports reports) {
        producer.produce(VALUE);
        assertThat(producer.flush(LONG)).isTrue();
        reports.hold();
    }

    private static int produceUntilFull(Producer<byte[], byte[]> producer) {
        int accepted = 0;
        while (true) {
            try {
                producer.produce(VALUE);
                accepted++;
            } catch (ProducerQueueFullException e) {
                return accepted;
            }
        }
    }

    @Test
    void limitsWhatWaitsForAnUnknownTopicToo() {
        ProducerOptions options = ProducerOptions.builder()
                .maxQueuedMessages(3)
                .blockOnQueueFull(false)
                .pendingTimeout(Duration.ofMillis(100))
                .build();
        try (Cluster cluster = Cluster.connect("localhost:1")) {
            Producer<byte[], byte[]> producer = cluster.topic("nowhere").producer(options);
            List<Message<byte[], byte[]>> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                accepted.add(producer.produce(VALUE));
            }
            assertThatThrownBy(() -> producer.produce(VALUE))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining("nowhere")
                    .hasMessageContaining("3 messages without a known leader")
                    .hasMessageEndingWith("raise maxQueuedMessages");
            assertThat(producer.stop().notWritten()).isEqualTo(3);
            assertThat(accepted)
                    .allSatisfy(message -> assertThat(message.failure()).isNotNull());
            assertThatThrownBy(producer::close).hasMessageContaining("3 messages were not delivered");
        }
    }

    @Test
    void throwsAtOnceWhenFullIfItMayNotBlock() {
        kafka.createTopic("at-once", 1);
        var reports = new HeldReports();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("at-once").producer(limited(reports, false))) {
            open(producer, reports);
            assertThat(produceUntilFull(producer)).isEqualTo(LIMIT);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> producer.produce(VALUE))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining("50 messages for broker 1 at " + kafka.address(1))
                    .hasMessageContaining("maxQueuedMessages allows 50")
                    .hasMessageEndingWith("raise maxQueuedMessages");
            assertThatThrownBy(() -> producer.post(VALUE, null))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining(kafka.address(1));
            Draft<byte[], byte[]> draft = producer.draft(VALUE);
            assertThatThrownBy(draft::produce).isInstanceOf(ProducerQueueFullException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            reports.release();
            assertThat(producer.flush(Duration.ofSeconds(30))).isTrue();
            draft.produce(); // once more, now that there is room
        }
        assertThat(kafka.readAll("at-once")).hasSize(LIMIT + 2); // nothing of what was refused, but for the draft
    }

    @Test
    void aCallbackDoesNotWaitForRoomThatTheReportsBehindItMake() {
        kafka.createTopic("in-a-callback", 1);
        ProducerOptions options = ProducerOptions.durable()
                .maxQueuedMessages(1)
                .linger(Duration.ZERO)
                .blockTimeout(Duration.ofMinutes(5))
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("in-a-callback").producer(options)) {
            CompletableFuture<Message<byte[], byte[]>> inner =
                    producer.produce(VALUE).delivered().thenApply(delivered -> producer.produce(VALUE));
            assertThat(inner)
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ProducerQueueFullException.class)
                    .withMessageContaining("a callback does not wait");
            producer.produce(VALUE);
        }
        assertThat(kafka.readAll("in-a-callback")).hasSize(2);
    }

    @Test
    void anEndlessLoopEndsInAnExceptionWhenItMayNotBlock() {
        kafka.createTopic("endless", 1);
        ProducerOptions options = ProducerOptions.builder()
                .blockOnQueueFull(false)
                .maxQueuedMessages(1)
                .linger(Duration.ofSeconds(1))
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("endless").producer(options)) {
            assertThat(produceUntilFull(producer)).isPositive();
        }
        assertThat(kafka.readAll("endless")).isNotEmpty();
    }

    @Test
    void blocksUntilThereIsRoom() throws Exception {
        kafka.createTopic("blocked", 1);
        var reports = new HeldReports();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("blocked").producer(limited(reports, true))) {
            open(producer, reports);
            for (int i = 0; i < LIMIT; i++) {
                producer.produce(VALUE);
            }
            AtomicReference<Message<byte[], byte[]>> last = new AtomicReference<>();
            Thread caller = new Thread(() -> last.set(producer.produce(VALUE)), "caller");
            caller.start();
            Eventually.waits(caller);
            assertThat(last.get()).isNull();
            reports.release();
            caller.join(10_000);
            assertThat(last.get().delivered().get(20, TimeUnit.SECONDS).offset())
                    .isEqualTo(LIMIT + 1);
        }
        assertThat(kafka.readAll("blocked")).hasSize(LIMIT + 2);
    }

    @Test
    void anInterruptEndsTheWaitForRoomWithNothingQueued() throws Exception {
        kafka.createTopic("interrupted-full", 1);
        var reports = new HeldReports();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("interrupted-full").producer(limited(reports, true))) {
            open(producer, reports);
            for (int i = 0; i < LIMIT; i++) {
                producer.produce(VALUE);
            }
            assertThat(interrupted(() -> producer.produce(VALUE)))
                    .isInstanceOfSatisfying(
                            ProducerInterruptedException.class,
                            e -> assertThat(e).hasMessageContaining("nothing was queued"));
            reports.release();
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(produceNow(producer, LIMIT)).isEqualTo(LIMIT); // its place is free again
        }
        assertThat(kafka.readAll("interrupted-full")).hasSize(2 * LIMIT + 1);
    }

    private static int produceNow(Producer<byte[], byte[]> producer, int messages) {
        int accepted = 0;
        for (int i = 0; i < messages; i++) {
            accepted += producer.tryProduce(VALUE, null) == null ? 0 : 1;
        }
        return accepted;
    }

    @Test
    void blocksNoLongerThanItMay() {
        kafka.createTopic("patience", 1);
        var reports = new HeldReports();
        ProducerOptions options = limited(reports, true).toBuilder()
                .blockTimeout(Duration.ofMillis(200))
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("patience").producer(options)) {
            open(producer, reports);
            for (int i = 0; i < LIMIT; i++) {
                producer.produce(VALUE);
            }
            long begin = System.nanoTime();
            assertThatThrownBy(() -> producer.produce(VALUE))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining("200 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
            reports.release();
        }
        assertThat(kafka.readAll("patience")).hasSize(LIMIT + 1);
    }

    @Test
    void bytesAreLimitedAsMessagesAre() {
        kafka.createTopic("bytes-limited", 1);
        var reports = new HeldReports();
        ProducerOptions options = ProducerOptions.durable()
                .bufferMemory(1 << 20)
                .linger(Duration.ofSeconds(20))
                .blockOnQueueFull(false)
                .deliveryListener(reports)
                .build();
        byte[] large = new byte[50_000];
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("bytes-limited").producer(options)) {
            open(producer, reports);
            int accepted = 0;
            while (producer.tryProduce(large, null) != null) {
                accepted++;
                assertThat(accepted * large.length).isLessThan(1 << 20);
            }
            assertThat(accepted * large.length).isGreaterThan((1 << 20) / 2);
            assertThatThrownBy(() -> producer.produce(large))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining("messages for broker 1 at " + kafka.address(1) + " hold ")
                    .hasMessageContaining("their share of bufferMemory is 917504 of 1048576")
                    .hasMessageEndingWith("raise bufferMemory");
            assertThatThrownBy(() -> producer.produce(new byte[2 << 20])).isInstanceOf(MessageTooLargeException.class);
            reports.release();
        }
        assertThat(kafka.readAll("bytes-limited")).hasSizeGreaterThan(10);
    }

    @Test
    void whenWritableIsCompletedAtOnceOrWhenThereIsRoomAgain() throws Exception {
        kafka.createTopic("writable", 1);
        var reports = new HeldReports();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("writable").producer(limited(reports, false))) {
            assertThat(producer.whenWritable()).isCompleted();
            open(producer, reports);
            produceUntilFull(producer);
            CompletableFuture<Void> writable = producer.whenWritable();
            CompletableFuture<Boolean> then = writable.thenApply(room -> producer.tryProduce(VALUE, null) != null);
            assertThat(writable).isNotDone();
            reports.release();
            assertThat(then.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(kafka.readAll("writable")).hasSize(LIMIT + 2);
    }

    @Test
    void aFullProducerDoesNotHoldUpAnotherOneOfTheSameCluster() throws Exception {
        kafka.createTopic("full", 1);
        kafka.createTopic("free", 1);
        var reports = new HeldReports();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> full = cluster.topic("full").producer(limited(reports, false));
                Producer<byte[], byte[]> free =
                        cluster.topic("free").producer(ProducerOptions.durable().build())) {
            open(full, reports);
            produceUntilFull(full);
            assertThat(free.produce(VALUE).delivered().get(20, TimeUnit.SECONDS).offset())
                    .isZero();
            reports.release();
        }
        assertThat(kafka.readAll("full")).hasSize(LIMIT + 1);
    }

    private static ProducerOptions limited(HeldReports reports, boolean block) {
        return ProducerOptions.builder()
                .maxQueuedMessages(LIMIT)
                .linger(Duration.ofMillis(1))
                .blockOnQueueFull(block)
                .deliveryListener(reports)
                .build();
    }

    /** A listener that blocks while it is told to. */
    private static final class HeldReports implements dev.tubepost.DeliveryListener {
        private volatile CountDownLatch gate = new CountDownLatch(0);

        void hold() {
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        @Override
        public void onDelivered(dev.tubepost.DeliveredBatch batch) {
            try {
                assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
