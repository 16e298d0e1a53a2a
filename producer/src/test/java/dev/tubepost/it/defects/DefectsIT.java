package dev.tubepost.it.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.it.errors.ScriptedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The known defects of the reference implementation, D1 to D8: that we do not have them. */
@EmbeddedKafkaTest(shared = true)
final class DefectsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] VALUE = bytes("value");
    private static final int NOT_ENOUGH_REPLICAS = 19;
    private static final int INVALID_RECORD = 87;

    /** D1: every refresh lost what was queued. */
    @Test
    void whatIsQueuedDuringAMetadataRefreshIsDelivered(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("d1", 3);
        ProducerOptions options = ProducerOptions.builder()
                .linger(Duration.ofSeconds(30))
                .deliveryReports(true)
                .build();
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("d1").producer(options)) {
            cluster.topic("d1").partitions().get(30, TimeUnit.SECONDS);
            for (int i = 0; i < 100; i++) {
                producer.produce(bytes("" + i));
                if (i % 10 == 0) {
                    cluster.update().get(30, TimeUnit.SECONDS);
                }
            }
            assertThat(producer.flush(PATIENCE)).isTrue();
            int reports = 0;
            for (var report = producer.deliveryReports().poll();
                    report != null;
                    report = producer.deliveryReports().poll()) {
                assertThat(report.failure()).isNull();
                reports++;
            }
            assertThat(reports).isEqualTo(100);
        }
        assertThat(kafka.readAll("d1", PATIENCE)).hasSize(100);
    }

    /** D2: messages on a dead socket were reported as delivered, and nothing connected again. */
    @Test
    void withAcksZeroADeadSocketIsNoticedAndNothingIsCalledSentThatWasNot(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("d2", 1);
        ProducerOptions options = ProducerOptions.builder()
                .requiredAcks(0)
                .linger(Duration.ofMillis(500)) // the broker's goodbye is there before the first byte goes out
                .build();
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("d2").producer(options)) {
            producer.produce(bytes("first"));
            assertThat(producer.flush(PATIENCE)).isTrue();
            kafka.stop(1);
            List<Message<byte[], byte[]>> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                messages.add(producer.produce(bytes("" + i)));
            }
            assertThat(messages.get(0).delivered())
                    .as("the socket is dead")
                    .satisfies(future -> assertThatThrownBy(() -> future.get(1_500, TimeUnit.MILLISECONDS))
                            .isInstanceOf(java.util.concurrent.TimeoutException.class));
            assertThat(messages).noneMatch(Message::isDone);
            kafka.startAgain(1);
            assertThat(producer.flush(PATIENCE)).isTrue();
            assertThat(messages).allMatch(message -> message.failure() == null);
            kafka.endOffsets(
                    "d2"); // answered once the broker leads again: before, it drops what it is not asked to acknowledge
            producer.produce(bytes("after"));
            assertThat(producer.flush(PATIENCE)).isTrue();
        }
        assertThat(kafka.readAll("d2", PATIENCE))
                .extracting(ReadMessage::valueText)
                .startsWith("first")
                .endsWith("after");
    }

    /** D3: a retry waited for room in its own full queue, for ever. */
    @Test
    void aRetryNeedsNoRoomInAFullQueue() throws Exception {
        try (ScriptedKafka kafka = ScriptedKafka.start();
                Cluster cluster = Cluster.connect(kafka.address())) {
            var refusals = new AtomicInteger(3);
            kafka.onProduce = request -> ScriptedKafka.answer(
                    request, refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? NOT_ENOUGH_REPLICAS : 0);
            ProducerOptions options = ProducerOptions.builder()
                    .maxQueuedMessages(5)
                    .linger(Duration.ZERO)
                    .retryBackoff(Duration.ofMillis(50))
                    .build();
            try (Producer<byte[], byte[]> producer = cluster.topic("d3").producer(options)) {
                List<Message<byte[], byte[]>> messages = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    messages.add(producer.produce(VALUE)); // blocks while the first five are refused
                }
                assertThat(producer.flush(PATIENCE)).isTrue();
                assertThat(messages).allMatch(message -> message.failure() == null);
                assertThat(refusals).hasValue(0);
            }
        }
    }

    /** D4: a refresh while a leader was missing locked itself out. */
    @Test
    void aRefreshWhileALeaderIsMissingEndsWhenThereIsOne() throws Exception {
        try (ScriptedKafka kafka = ScriptedKafka.start();
                Cluster cluster = Cluster.connect(kafka.address());
                Producer<byte[], byte[]> producer = cluster.topic("d4")
                        .producer(
                                ProducerOptions.builder().linger(Duration.ZERO).build())) {
            producer.produce(VALUE).delivered().get(30, TimeUnit.SECONDS);
            kafka.hasLeader = false;
            kafka.onProduce = request -> ScriptedKafka.answer(request, 6); // NOT_LEADER_OR_FOLLOWER
            List<Message<byte[], byte[]>> messages = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                messages.add(producer.produce(VALUE));
                cluster.update().get(30, TimeUnit.SECONDS);
            }
            kafka.onProduce = ScriptedKafka::acknowledge;
            kafka.hasLeader = true;
            assertThat(producer.flush(PATIENCE)).isTrue();
            assertThat(messages).allMatch(message -> message.failure() == null);
        }
    }

    /** D5: after a crash of a worker with a full queue, callers hung for ever. */
    @Test
    void aWorkerThatCrashesGoesOnAndReleasesEveryCaller(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("d5", 3);
        var saboteur = new Saboteur(new EventLoops(EventLoops.Settings.defaults()));
        ProducerOptions options = ProducerOptions.builder()
                .maxQueuedMessages(20)
                .maxRetries(10)
                .linger(Duration.ofMillis(1))
                .build();
        var messages = new ConcurrentLinkedQueue<Message<byte[], byte[]>>();
        try (Cluster cluster = ClusterClient.connect(
                        ClusterOptions.builder(kafka.bootstrapServers()).build(), saboteur);
                Producer<byte[], byte[]> producer = cluster.topic("d5").producer(options)) {
            producer.produce(VALUE).delivered().get(30, TimeUnit.SECONDS);
            saboteur.crash(5);
            inThreads(4, thread -> {
                for (int i = 0; i < 250; i++) {
                    messages.add(producer.produce(bytes(thread + "-" + i)));
                }
            });
            assertThat(producer.flush(PATIENCE)).isTrue();
            assertThat(saboteur.left()).as("it crashed five times").isZero();
        }
        assertThat(messages).hasSize(1_000).allMatch(message -> message.failure() == null);
        assertThat(kafka.readAll("d5", PATIENCE))
                .extracting(ReadMessage::valueText)
                .contains(messages.stream()
                        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                        .toArray(String[]::new));
    }

    /** D6: one message that could not be encoded failed all others of its request. */
    @Test
    void aMessageThatCannotBeSentHarmsNoOther(EmbeddedKafka kafka) {
        kafka.createTopic("d6", 3);
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("d6").producer(ProducerOptions.durable().build())) {
            for (int i = 0; i < 10; i++) {
                producer.produce(bytes("" + i));
                assertThatThrownBy(() -> producer.produce(VALUE, null, Instant.ofEpochMilli(-5)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1970");
            }
        }
        assertThat(kafka.readAll("d6", PATIENCE)).hasSize(10);
    }

    /** D7: failed messages stayed in the count of what is pending, and a stop waited for them. */
    @Test
    void failedMessagesAreNotPendingAnyMore() throws Exception {
        try (ScriptedKafka kafka = ScriptedKafka.start();
                Cluster cluster = Cluster.connect(kafka.address())) {
            kafka.onProduce = request -> ScriptedKafka.answer(request, INVALID_RECORD);
            ProducerOptions options = ProducerOptions.builder()
                    .maxQueuedMessages(9)
                    .linger(Duration.ZERO)
                    .pendingTimeout(Duration.ofMinutes(1))
                    .build();
            Producer<byte[], byte[]> producer = cluster.topic("d7").producer(options);
            cluster.topic("d7").partitions().get(30, TimeUnit.SECONDS);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 9; i++) {
                    assertThat(producer.tryProduce(VALUE, null))
                            .as("round %d", round)
                            .isNotNull();
                }
                assertThat(producer.flush(PATIENCE)).isTrue();
            }
            StopResult stopped = producer.stop();
            assertThat(stopped).isEqualTo(new StopResult(0, 0, 0));
            assertThatThrownBy(producer::close)
                    .isInstanceOf(UndeliveredException.class)
                    .hasMessageContaining("27 messages");
        }
    }

    /** D8: what was produced during a stop was lost without a report. */
    @Test
    void whatIsAcceptedDuringAStopIsDelivered(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("d8", 3);
        var accepted = new ConcurrentLinkedQueue<Message<byte[], byte[]>>();
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers())) {
            for (int round = 0; round < 20; round++) {
                Producer<byte[], byte[]> producer =
                        cluster.topic("d8").producer(ProducerOptions.durable().build());
                var started = new CountDownLatch(4);
                ExecutorService stopper = Executors.newSingleThreadExecutor();
                try {
                    Future<StopResult> stop = stopper.submit(() -> {
                        started.await();
                        return producer.stop(PATIENCE);
                    });
                    inThreads(4, thread -> {
                        started.countDown();
                        try {
                            while (true) {
                                accepted.add(producer.produce(VALUE));
                            }
                        } catch (ProducerStoppedException e) {
                            assertThat(e).hasMessageContaining("d8");
                        }
                    });
                    StopResult result = stop.get(60, TimeUnit.SECONDS);
                    assertThat(result.notWritten() + result.maybeWritten()).isZero();
                } finally {
                    stopper.shutdownNow();
                }
                producer.close();
            }
        }
        assertThat(accepted).isNotEmpty().allMatch(Message::isDone).allMatch(message -> message.failure() == null);
        assertThat(kafka.readAll("d8", PATIENCE)).hasSize(accepted.size());
    }

    private interface Work {
        void run(int thread);
    }

    private static void inThreads(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < count; t++) {
                int thread = t;
                all.add(threads.submit(() -> work.run(thread)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
