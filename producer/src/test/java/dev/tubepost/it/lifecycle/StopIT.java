package dev.tubepost.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Clusters;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Flush, stop, start again, close: everything is sent at once, and what cannot be is told. */
@EmbeddedKafkaTest(shared = true)
final class StopIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration VERY_LONG = Duration.ofSeconds(100);

    private static Cluster cluster;
    private static Cluster unreachable;

    private final EmbeddedKafka kafka;

    StopIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void connect(EmbeddedKafka kafka) {
        cluster = Clusters.connect(kafka.bootstrapServers());
        unreachable = Cluster.connect("localhost:1");
    }

    @AfterAll
    static void close() {
        cluster.close();
        unreachable.close();
    }

    @Test
    void everythingIsDeliveredWhenTheBlockIsLeftAndLingerIsNotWaitedFor() {
        kafka.createTopic("left", 3);
        List<Message<String, String>> messages = new ArrayList<>();
        long begin = System.nanoTime();
        try (Producer<String, String> producer = lingering("left")) {
            for (int i = 0; i < 100; i++) {
                messages.add(producer.produce("value " + i));
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.isDone()).isTrue();
            assertThat(message.failure()).isNull();
        });
        assertThat(kafka.readAll("left")).hasSize(100);
    }

    @Test
    void flushWaitsForWhatWasProducedBeforeItAndLeavesTheProducerRunning() {
        kafka.createTopic("flushed", 2);
        try (Producer<String, String> producer = lingering("flushed")) {
            assertThat(producer.flush()).isTrue(); // there is nothing
            for (int round = 0; round < 5; round++) {
                Message<String, String> first = producer.produce("first");
                Message<String, String> second = producer.produce("second");
                assertThat(round % 2 == 0 ? producer.flush() : producer.flush(LONG))
                        .isTrue();
                assertThat(first.isDone()).isTrue();
                assertThat(second.isDone()).isTrue();
            }
        }
        assertThat(kafka.readAll("flushed")).hasSize(10);
    }

    @Test
    void flushEndsWithItsTimeAndSaysSo() {
        Producer<String, String> producer = nowhere("unflushed");
        Message<String, String> message = producer.produce("value");
        long begin = System.nanoTime();
        assertThat(producer.flush(Duration.ofMillis(200))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(200), LONG);
        assertThat(message.isDone()).isFalse();
        assertThat(producer.stop(Duration.ZERO).notWritten()).isEqualTo(1);
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
    }

    @Test
    void stopEndsWithItsTimeAndTellsWhatWasNotSent() {
        Producer<String, String> producer = nowhere("unstopped");
        List<Message<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            messages.add(producer.produce("value " + i));
        }
        long begin = System.nanoTime();
        StopResult result = producer.stop(); // the pending timeout is 200 ms
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(200), LONG);
        assertThat(result).isEqualTo(new StopResult(3, 3, 0));
        assertThat(result.isClean()).isFalse();
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.isDone()).isTrue();
            assertThat(message.failure()).isNotNull();
            assertThat(message.failure().maybeWritten()).isFalse();
            assertThatThrownBy(() -> message.delivered().get(1, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(DeliveryException.class);
        });
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
    }

    @Test
    void stopTellsHowManyWerePendingAndThatAllWereDelivered() {
        kafka.createTopic("clean", 2);
        try (Producer<String, String> producer = lingering("clean")) {
            producer.produce("flushed before");
            assertThat(producer.flush(LONG)).isTrue();
            producer.produce("one");
            producer.produce("two");
            StopResult result = producer.stop();
            assertThat(result).isEqualTo(new StopResult(2, 0, 0));
            assertThat(result.isClean()).isTrue();
            assertThat(producer.stop()).isEqualTo(new StopResult(0, 0, 0)); // the second time there is nothing
        }
        assertThat(kafka.readAll("clean")).hasSize(3);
    }

    @Test
    void aStoppedProducerRefusesAndStartsAgain() {
        kafka.createTopic("again", 1);
        try (Producer<String, String> producer = lingering("again")) {
            for (int round = 0; round < 3; round++) {
                producer.start(); // has no effect the first time: it runs
                producer.produce("round " + round);
                assertThat(producer.stop().isClean()).isTrue();
                assertThatThrownBy(() -> producer.produce("never")).isInstanceOf(ProducerStoppedException.class);
                assertThatThrownBy(() -> producer.post("never", null)).isInstanceOf(ProducerStoppedException.class);
                assertThatThrownBy(() -> producer.tryProduce("never", null))
                        .isInstanceOf(ProducerStoppedException.class);
                assertThatThrownBy(() -> producer.draft("never").produce())
                        .isInstanceOf(ProducerStoppedException.class);
            }
        }
        assertThat(kafka.readAll("again"))
                .extracting(ReadMessage::valueText)
                .containsExactly("round 0", "round 1", "round 2");
    }

    @Test
    void aProducerStartsAgainAfterItCouldNotDeliver() {
        Producer<String, String> producer = nowhere("restarted");
        producer.produce("lost");
        assertThat(producer.stop().notWritten()).isEqualTo(1);
        producer.start();
        Message<String, String> next = producer.produce("lost, too");
        assertThat(next.isDone()).isFalse();
        assertThatThrownBy(producer::close)
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        e -> assertThat(e.notWritten()).isEqualTo(2));
        assertThat(next.failure()).isNotNull();
    }

    @Test
    void aProducerThatIsToStartLaterRefusesUntilThen() {
        kafka.createTopic("later", 1);
        ProducerOptions options = ProducerOptions.durable().autoStart(false).build();
        try (Producer<String, String> producer = cluster.topic("later").producer(options, Serializers.utf8())) {
            assertThatThrownBy(() -> producer.produce("never"))
                    .isInstanceOf(ProducerStoppedException.class)
                    .hasMessageContaining("start()");
            producer.start();
            producer.start();
            producer.produce("value");
        }
        assertThat(kafka.readAll("later")).extracting(ReadMessage::valueText).containsExactly("value");
    }

    @Test
    void closeIsFinalAndThrowsWhatWasNotDelivered() {
        Producer<String, String> producer = nowhere("closed");
        Message<String, String> message = producer.produce("value");
        assertThatThrownBy(producer::close)
                .isInstanceOfSatisfying(UndeliveredException.class, e -> {
                    assertThat(e.notWritten()).isEqualTo(1);
                    assertThat(e.maybeWritten()).isZero();
                    assertThat(e.getCause()).isSameAs(message.failure());
                })
                .hasMessageContaining("closed");
        producer.close(); // has no effect
        assertThatThrownBy(() -> producer.produce("never"))
                .isInstanceOf(ProducerStoppedException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(producer::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closeOfTheClusterClosesItsProducers() {
        kafka.createTopic("cluster-closed", 1);
        Cluster own = Clusters.connect(kafka.bootstrapServers());
        Producer<String, String> producer = own.topic("cluster-closed")
                .producer(ProducerOptions.builder().linger(VERY_LONG).build(), Serializers.utf8());
        Message<String, String> message = producer.produce("value");
        own.close(LONG);
        own.close();
        assertThat(message.offset()).isZero();
        assertThatThrownBy(() -> producer.produce("never")).isInstanceOf(ProducerStoppedException.class);
        assertThatThrownBy(() -> own.session(ProducerOptions.defaults())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(own::update).isInstanceOf(IllegalStateException.class);
        assertThat(kafka.readAll("cluster-closed")).hasSize(1);
    }

    @Test
    void closeOfTheClusterTellsWhatAllItsSessionsDidNotDeliver() {
        Cluster own = Cluster.connect("localhost:1");
        Producer<String, String> one =
                own.topic("one-session").producer(ProducerOptions.defaults(), Serializers.utf8());
        Producer<String, String> two =
                own.topic("two-session").producer(ProducerOptions.defaults(), Serializers.utf8());
        Message<String, String> first = one.produce("value");
        one.produce("value");
        for (int i = 0; i < 3; i++) {
            two.produce("value");
        }
        assertThatThrownBy(() -> own.close(Duration.ofMillis(100)))
                .isInstanceOfSatisfying(UndeliveredException.class, e -> {
                    assertThat(e.notWritten()).isEqualTo(5);
                    assertThat(e.maybeWritten()).isZero();
                    assertThat(e.getCause()).isSameAs(first.failure());
                    assertThat(e.getSuppressed())
                            .extracting(each -> ((UndeliveredException) each).notWritten())
                            .containsExactly(2L, 3L);
                })
                .hasMessageContaining("5 messages were not delivered");
    }

    @Test
    void twoThreadsMayStopAtOnce() throws Exception {
        kafka.createTopic("both", 1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Producer<String, String> producer = lingering("both")) {
            for (int i = 0; i < 100; i++) {
                producer.produce("value " + i);
            }
            Future<StopResult> one = threads.submit(() -> producer.stop(LONG));
            Future<StopResult> other = threads.submit(() -> producer.stop(LONG));
            assertThat(one.get(30, TimeUnit.SECONDS).isClean()).isTrue();
            assertThat(other.get(30, TimeUnit.SECONDS).isClean()).isTrue();
            assertThat(one.get().pending() + other.get().pending()).isEqualTo(100);
        } finally {
            threads.shutdownNow();
        }
        assertThat(kafka.readAll("both")).hasSize(100);
    }

    @Test
    void whatIsAcceptedDuringAStopIsDeliveredAndTheRestIsRefused() throws Exception {
        kafka.createTopic("during", 3);
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try (Producer<String, String> producer = lingering("during")) {
            producer.produce("first");
            assertThat(producer.flush(LONG)).isTrue();
            List<Future<Integer>> accepted = new ArrayList<>();
            for (int caller = 0; caller < 3; caller++) {
                accepted.add(callers.submit(() -> {
                    for (int i = 0; ; i++) {
                        try {
                            producer.produce("value");
                        } catch (ProducerStoppedException e) {
                            return i;
                        }
                    }
                }));
            }
            assertThat(producer.stop(LONG).isClean()).isTrue();
            long sum = 1;
            for (Future<Integer> each : accepted) {
                sum += each.get(30, TimeUnit.SECONDS);
            }
            assertThat(kafka.endOffsets("during").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(sum);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void flushStopAndCloseInsideACallbackThrowInsteadOfWaitingForThemselves() throws Exception {
        kafka.createTopic("inside", 1);
        try (Producer<String, String> producer = lingering("inside")) {
            CompletableFuture<List<Throwable>> inside = producer.produce("value")
                    .delivered()
                    .thenApply(message -> List.of(
                            thrownBy(() -> producer.flush(LONG)),
                            thrownBy(producer::stop),
                            thrownBy(producer::close),
                            thrownBy(cluster::close)));
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(inside.get(20, TimeUnit.SECONDS))
                    .hasSize(4)
                    .allSatisfy(thrown -> assertThat(thrown).isInstanceOf(IllegalStateException.class));
            producer.produce("goes on");
        }
        assertThat(kafka.readAll("inside")).hasSize(2);
    }

    private static Throwable thrownBy(Runnable call) {
        try {
            call.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void aTimeThatIsOverIsNotForEver() {
        Producer<String, String> producer = nowhere("over");
        producer.produce("value");
        Duration over = Duration.ofMillis(5).minus(Duration.ofSeconds(1)); // what is left of a deadline that has passed
        assertThat(producer.flush(over)).isFalse();
        assertThat(producer.stop(over).notWritten()).isEqualTo(1);
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
    }

    private static Producer<String, String> lingering(String topic) {
        ProducerOptions options = ProducerOptions.builder()
                .linger(VERY_LONG)
                .pendingTimeout(ProducerOptions.FOREVER)
                .build();
        return cluster.topic(topic).producer(options, Serializers.utf8());
    }

    /** Nothing answers there. */
    private static Producer<String, String> nowhere(String topic) {
        ProducerOptions options =
                ProducerOptions.builder().pendingTimeout(Duration.ofMillis(200)).build();
        return unreachable.topic(topic).producer(options, Serializers.utf8());
    }
}
