package dev.tubepost.it.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told what became of a message: one report each, on the queue of the thread that produced it, and the listener. */
@EmbeddedKafkaTest(shared = true)
final class DeliveryReportsIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Cluster cluster;

    private final EmbeddedKafka kafka;

    DeliveryReportsIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void connect(EmbeddedKafka kafka) {
        cluster = Clusters.connect(kafka.bootstrapServers());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void aReportHasTheMessageAndItsOffset() {
        kafka.createTopic("reported", 1);
        ProducerOptions options = ProducerOptions.builder()
                .deliveryReports(true)
                .minQueuedMessages(1)
                .build();
        try (Producer<String, String> producer = cluster.topic("reported").producer(options, Serializers.utf8())) {
            Message<String, String> message = producer.produce("value");
            DeliveryReport<String, String> report = producer.deliveryReports().take();
            assertThat(report.message()).isSameAs(message);
            assertThat(report.failure()).isNull();
            assertThat(report.message().offset()).isZero();
            assertThat(producer.deliveryReports().poll()).isNull(); // one, and not two
        }
        assertThat(kafka.readAll("reported")).extracting(ReadMessage::valueText).containsExactly("value");
    }

    /** Its session's report thread would be woken for each batch otherwise. */
    @Test
    void aListenerOfFailuresAloneIsNotRunForWhatIsDelivered() {
        kafka.createTopic("only-failures", 1);
        Queue<Runnable> executed = new ConcurrentLinkedQueue<>();
        Queue<FailedMessage> failed = new ConcurrentLinkedQueue<>();
        ProducerOptions options = ProducerOptions.builder()
                .linger(Duration.ofSeconds(10))
                .reportExecutor(report -> {
                    executed.add(report);
                    report.run();
                })
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onFailure(FailedMessage message) {
                        failed.add(message);
                    }
                })
                .build();
        try (Producer<String, String> producer = cluster.topic("only-failures").producer(options, Serializers.utf8())) {
            var first = producer.produce(
                    "the one that waits for the topic in a backlog, which it leaves among the reports");
            assertThat(producer.flush()).isTrue();
            executed.clear();
            for (int i = 0; i < 10; i++) {
                var unused = producer.produce("value");
                assertThat(producer.flush()).isTrue();
            }
            assertThat(first.isDone()).isTrue();
            assertThat(executed).isEmpty();
            int attempts = 0;
            while (!producer.produce("taken back").cancel()) { // a flush may hurry what comes just after it
                assertThat(++attempts).isLessThan(100);
            }
            assertThat(producer.flush()).isTrue();
            assertThat(executed).isNotEmpty();
            assertThat(failed).hasSize(1);
        }
    }

    @Test
    void eachThreadGetsTheReportsOfItsOwnMessages() throws Exception {
        kafka.createTopic("per-thread", 3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Producer<String, String> producer = reporting("per-thread")) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String name = "thread " + thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        producer.produce(name);
                    }
                    List<String> reported = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        DeliveryReport<String, String> report =
                                producer.deliveryReports().take();
                        assertThat(report.failure()).isNull();
                        reported.add(report.message().value());
                    }
                    assertThat(producer.deliveryReports().poll()).isNull();
                    return reported;
                }));
            }
            for (int thread = 0; thread < 4; thread++) {
                assertThat(all.get(thread).get(60, TimeUnit.SECONDS))
                        .hasSize(50)
                        .containsOnly("thread " + thread);
            }
            assertThat(producer.deliveryReports().poll()).isNull(); // this thread produced nothing
        } finally {
            threads.shutdownNow();
        }
        assertThat(kafka.readAll("per-thread")).hasSize(200);
    }

    @Test
    void theQueueMayBeHandedToAnotherThread() throws Exception {
        kafka.createTopic("handed", 1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Producer<String, String> producer = reporting("handed")) {
            DeliveryReports<String, String> mine = producer.deliveryReports();
            Future<Long> last = other.submit(() -> {
                long offset = -1;
                for (int i = 0; i < 100; i++) {
                    offset = mine.take().message().offset();
                    assertThat(offset).isEqualTo(i); // in the order of the outcomes
                }
                return offset;
            });
            for (int i = 0; i < 100; i++) {
                producer.produce("value");
            }
            assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(99);
        } finally {
            other.shutdownNow();
        }
        assertThat(kafka.readAll("handed")).hasSize(100);
    }

    @Test
    void waitsForAReportAsLongAsItIsToldTo() throws Exception {
        kafka.createTopic("polled", 1);
        try (Producer<String, String> producer = reporting("polled")) {
            DeliveryReports<String, String> reports = producer.deliveryReports();
            assertThat(reports.poll()).isNull();
            long begin = System.nanoTime();
            assertThat(reports.poll(Duration.ofMillis(100))).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            producer.produce("value");
            assertThat(reports.poll(LONG)).isNotNull();
            AtomicReference<Object> thrown = new AtomicReference<>();
            Thread waiting = new Thread(
                    () -> {
                        try {
                            reports.take();
                        } catch (ProducerInterruptedException e) {
                            thrown.set(Thread.currentThread().isInterrupted() ? e : "no flag");
                        }
                    },
                    "waiting");
            waiting.start();
            Eventually.waits(waiting);
            waiting.interrupt();
            waiting.join(10_000);
            assertThat(thrown.get()).isInstanceOf(ProducerInterruptedException.class);
        }
    }

    @Test
    void withoutReportsTheQueueIsAClearError() {
        kafka.createTopic("unreported", 1);
        ProducerOptions sync =
                ProducerOptions.builder().sync(true).deliveryReports(true).build();
        try (Producer<byte[], byte[]> off = cluster.topic("unreported").producer(ProducerOptions.defaults());
                Producer<byte[], byte[]> synchronous =
                        cluster.topic("unreported").producer(sync)) {
            assertThatThrownBy(off::deliveryReports)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("deliveryReports(true)");
            assertThat(synchronous.produce(new byte[1]).offset()).isZero();
            assertThatThrownBy(synchronous::deliveryReports)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("synchronous");
        }
    }

    @Test
    void nobodyProducesMoreThanReportsMayWait() throws Exception {
        kafka.createTopic("bounded", 1);
        ProducerOptions options = ProducerOptions.durable()
                .deliveryReports(true)
                .reportQueueLimit(10)
                .blockOnQueueFull(false)
                .build();
        try (Producer<String, String> producer = cluster.topic("bounded").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 10; i++) {
                producer.produce("value " + i);
            }
            assertThat(producer.flush(LONG)).isTrue();
            assertThatThrownBy(() -> producer.produce("never"))
                    .isInstanceOf(ProducerQueueFullException.class)
                    .hasMessageContaining("reportQueueLimit");
            assertThat(producer.tryProduce("never", null)).isNull();
            producer.post("without a report", null);
            Thread other = new Thread(() -> producer.produce("from a thread with a queue of its own"));
            other.start();
            other.join(10_000);
            assertThat(producer.deliveryReports().take().message().value()).isEqualTo("value 0");
            producer.produce("value 10");
            for (int i = 1; i <= 10; i++) {
                assertThat(producer.deliveryReports().take().message().value()).isEqualTo("value " + i);
            }
        }
        assertThat(kafka.readAll("bounded")).hasSize(13);
    }

    @Test
    void aFailureIsReportedAsAnOutcomeIsEverywhereItIsAskedFor() {
        kafka.createTopic("refusing", 1, 1, Map.of("cleanup.policy", "compact"));
        var listener = new Outcomes();
        ProducerOptions options = ProducerOptions.durable()
                .deliveryReports(true)
                .deliveryListener(listener)
                .build();
        Producer<String, String> producer = cluster.topic("refusing").producer(options, Serializers.utf8());
        Message<String, String> message = producer.produce("no key");
        DeliveryReport<String, String> report = producer.deliveryReports().take();
        assertThat(report.message()).isSameAs(message);
        assertThat(report.failure()).isNotNull().isSameAs(message.failure());
        assertThat(message.delivered()).isCompletedExceptionally();
        assertThat(producer.flush(LONG)).isTrue();
        assertThat(listener.failed).singleElement().satisfies(failed -> {
            assertThat(failed.topic()).isEqualTo("refusing");
            assertThat(failed.value()).isEqualTo("no key".getBytes(StandardCharsets.UTF_8));
            assertThat(failed.key()).isNull();
            assertThat(failed.failure()).isSameAs(message.failure());
        });
        assertThatThrownBy(producer::close).hasCause(message.failure());
    }

    @Test
    void whatIsPostedIsToldToTheListenerOnly() {
        kafka.createTopic("listened", 2);
        var listener = new Outcomes();
        ProducerOptions options = ProducerOptions.durable()
                .deliveryReports(true)
                .deliveryListener(listener)
                .build();
        try (Producer<String, String> producer = cluster.topic("listened").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 100; i++) {
                producer.post("value", null);
            }
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(producer.deliveryReports().poll()).isNull();
        }
        assertThat(listener.delivered.stream()
                        .mapToInt(DeliveredBatch::messages)
                        .sum())
                .isEqualTo(100);
        assertThat(listener.delivered).allSatisfy(batch -> {
            assertThat(batch.topic()).isEqualTo("listened");
            assertThat(batch.attempts()).isEqualTo(1);
            assertThat(batch.baseOffset()).isNotNegative();
            assertThat(batch.bytes()).isPositive();
            assertThat(batch.elapsed()).isPositive();
        });
        assertThat(listener.failed).isEmpty();
    }

    @Test
    void aListenerOrCallbackThatThrowsEndsNothing() throws Exception {
        kafka.createTopic("throwing-listener", 1);
        DeliveryListener broken = new DeliveryListener() {
            @Override
            public void onDelivered(DeliveredBatch batch) {
                throw new AssertionError("a listener of the user fails");
            }
        };
        ProducerOptions options = ProducerOptions.durable()
                .deliveryReports(true)
                .deliveryListener(broken)
                .build();
        try (Producer<String, String> producer =
                cluster.topic("throwing-listener").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 10; i++) {
                var callback = producer.produce("value").delivered().thenAccept(message -> {
                    throw new IllegalStateException("a callback of the user fails");
                });
                assertThat(producer.deliveryReports().poll(LONG)).isNotNull();
                assertThatThrownBy(() -> callback.get(20, TimeUnit.SECONDS))
                        .hasMessageContaining("a callback of the user fails");
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(kafka.readAll("throwing-listener")).hasSize(10);
    }

    @Test
    void callbacksRunInOrderOnTheExecutorOfTheUserHoweverManyThreadsItHas() {
        kafka.createTopic("ordered", 1);
        ExecutorService threads = Executors.newFixedThreadPool(4, task -> new Thread(task, "mine"));
        List<Long> offsets = new ArrayList<>(); // without a lock: one callback at a time
        List<String> names = new ArrayList<>();
        ProducerOptions options =
                ProducerOptions.durable().reportExecutor(threads).build();
        try (Producer<String, String> producer = cluster.topic("ordered").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 1_000; i++) {
                var unused = producer.produce("value").delivered().thenAccept(message -> {
                    offsets.add(message.offset());
                    names.add(Thread.currentThread().getName());
                });
            }
            assertThat(producer.flush(LONG)).isTrue();
        } finally {
            threads.shutdown();
        }
        assertThat(offsets).hasSize(1_000).isSorted().doesNotHaveDuplicates();
        assertThat(names).containsOnly("mine");
    }

    private static Producer<String, String> reporting(String topic) {
        ProducerOptions options =
                ProducerOptions.durable().deliveryReports(true).build();
        return cluster.topic(topic).producer(options, Serializers.utf8());
    }

    private static final class Outcomes implements DeliveryListener {
        final ConcurrentLinkedQueue<DeliveredBatch> delivered = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<FailedMessage> failed = new ConcurrentLinkedQueue<>();

        @Override
        public void onDelivered(DeliveredBatch batch) {
            delivered.add(batch);
        }

        @Override
        public void onFailure(FailedMessage message) {
            failed.add(message);
        }
    }
}
