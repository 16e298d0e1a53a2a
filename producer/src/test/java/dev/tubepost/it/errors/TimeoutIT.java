package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.TimeSpent.Phase;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message that failed says where its time went: each test delays one phase, and that one is named as the largest. */
final class TimeoutIT {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
    private static final int INVALID_RECORD = 87;

    private ScriptedKafka kafka;

    @BeforeEach
    void start() throws Exception {
        kafka = ScriptedKafka.start();
    }

    @AfterEach
    void stop() throws Exception {
        kafka.close();
    }

    @Test
    void metadataThatNobodyAnswers() {
        kafka.answersMetadata = false;
        DeliveryException failure = failureOfOne(options());
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.METADATA);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure).hasMessageContaining(kafka.address()).hasMessageContaining("bootstrap servers");
    }

    @Test
    void aPartitionWithoutALeader() {
        kafka.hasLeader = false;
        DeliveryException failure = failureOfOne(options());
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.METADATA);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure).hasMessageContaining("leader");
    }

    @Test
    void noRoomInTheQueue() throws Exception {
        var first = new CountDownLatch(1);
        kafka.onProduce = request -> {
            kafka.onProduce = later -> ScriptedKafka.answer(later, INVALID_RECORD);
            await(first);
            return ScriptedKafka.acknowledge(request);
        };
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options().maxQueuedMessages(1));
            cluster.topic("topic").partitions().get(10, TimeUnit.SECONDS);
            Message<byte[], byte[]> fills = producer.produce(VALUE);
            var release = new Thread(() -> {
                await(first, 600);
                first.countDown();
            });
            release.start();
            Message<byte[], byte[]> waits = producer.produce(VALUE); // until the first is reported
            DeliveryException failure = failureOf(waits);
            release.join();
            assertThat(fills.failure()).isNull();
            assertThat(failure.timeSpent().largest()).isEqualTo(Phase.MEMORY);
            assertThat(failure.timeSpent().memory()).isGreaterThan(Duration.ofMillis(300));
            closeQuietly(producer);
        }
    }

    @Test
    void aLongWaitInTheQueue() throws Exception {
        kafka.onProduce = request -> ScriptedKafka.answer(request, INVALID_RECORD);
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options().linger(Duration.ofMillis(500)));
            cluster.topic("topic").partitions().get(10, TimeUnit.SECONDS); // so that nothing waits for them
            DeliveryException failure = failureOf(producer.produce(VALUE));
            assertThat(failure.timeSpent().largest()).isEqualTo(Phase.QUEUE);
            assertThat(failure.errorCode()).isEqualTo((short) INVALID_RECORD);
            closeQuietly(producer);
        }
    }

    @Test
    void aTurnThatNeverComesBehindABatchThatIsNeverAnswered() throws Exception {
        kafka.onProduce = request -> null;
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options());
            cluster.topic("topic").partitions().get(10, TimeUnit.SECONDS);
            producer.produce(VALUE);
            Eventually.holds("the first is in flight", () -> kafka.produced() == 1);
            DeliveryException failure = failureOf(producer.produce(VALUE));
            assertThat(failure).isInstanceOf(DeliveryTimeoutException.class).hasMessageContaining("deliveryTimeout");
            assertThat(failure.timeSpent().largest()).isEqualTo(Phase.QUEUE);
            assertThat(failure.maybeWritten()).isFalse();
            closeQuietly(producer);
        }
    }

    @Test
    void aLeaderThatCannotBeReached() throws Exception {
        kafka.leaderPort = ScriptedKafka.refusedPort();
        DeliveryException failure = failureOfOne(options());
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.CONNECTION);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + kafka.leaderPort)
                .hasMessageContaining("refused")
                .hasMessageContaining("advertised.listeners");
    }

    @Test
    void aRequestThatIsNeverAnswered() {
        kafka.onProduce = request -> null;
        DeliveryException failure = failureOfOne(options());
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.IN_FLIGHT);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure).hasMessageContaining("had not answered").hasMessageContaining("requestTimeout");
    }

    @Test
    void aBrokerThatKeepsRefusing() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, 19); // NOT_ENOUGH_REPLICAS
        DeliveryException failure = failureOfOne(options()
                .maxRetries(1_000)
                .retryBackoff(Duration.ofMillis(200))
                .retryBackoffMax(Duration.ofMillis(200)));
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.BACKOFF);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isGreaterThan(1);
        assertThat(failure).hasMessageContaining("NOT_ENOUGH_REPLICAS");
    }

    @Test
    void aBrokerThatThrottles() throws Exception {
        kafka.onProduce = request -> ScriptedKafka.acknowledge(request).setThrottleTimeMs(60_000);
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options());
            producer.produce(VALUE).delivered().get(10, TimeUnit.SECONDS);
            DeliveryException failure = failureOf(producer.produce(VALUE));
            assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
            assertThat(failure.timeSpent().largest()).isEqualTo(Phase.THROTTLE);
            assertThat(failure.maybeWritten()).isFalse();
            assertThat(failure).hasMessageContaining("quota");
            closeQuietly(producer);
        }
    }

    @Test
    void aThrottleIsCountedOnceHoweverOftenTheMessageIsSentAfterIt() throws Exception {
        Duration throttle = Duration.ofMillis(300);
        kafka.onProduce = request -> {
            kafka.onProduce = later -> ScriptedKafka.answer(later, 19); // NOT_ENOUGH_REPLICAS
            return ScriptedKafka.acknowledge(request).setThrottleTimeMs((int) throttle.toMillis());
        };
        ProducerOptions.Builder options = options()
                .linger(Duration.ofMillis(800))
                .deliveryTimeout(Duration.ofSeconds(4))
                .maxRetries(1_000)
                .retryBackoff(Duration.ofMillis(100))
                .retryBackoffMax(Duration.ofMillis(100));
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options);
            cluster.topic("topic").partitions().get(10, TimeUnit.SECONDS);
            producer.produce(VALUE).delivered().get(10, TimeUnit.SECONDS);
            DeliveryException failure = failureOf(producer.produce(VALUE)); // its linger begins with the throttle
            assertThat(failure.attempts()).isGreaterThan(1);
            assertThat(failure.timeSpent().throttle()).isLessThanOrEqualTo(throttle);
            closeQuietly(producer);
        }
    }

    @Test
    void retriesThatAreUsedUpNameTheLastError() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, 7); // REQUEST_TIMED_OUT
        DeliveryException failure = failureOfOne(options().maxRetries(2).retryBackoff(Duration.ofMillis(10)));
        assertThat(failure.errorName()).isEqualTo("REQUEST_TIMED_OUT");
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(kafka.produced()).isEqualTo(3);
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder()
                .linger(Duration.ZERO)
                .deliveryTimeout(Duration.ofSeconds(1))
                .pendingTimeout(Duration.ofMillis(100));
    }

    private Cluster connect() {
        return Cluster.connect(ClusterOptions.builder(kafka.address())
                .reconnectBackoff(Duration.ofMillis(20))
                .build());
    }

    private static Producer<byte[], byte[]> producer(Cluster cluster, ProducerOptions.Builder options) {
        return cluster.topic("topic").producer(options.build());
    }

    private DeliveryException failureOfOne(ProducerOptions.Builder options) {
        try (Cluster cluster = connect()) {
            Producer<byte[], byte[]> producer = producer(cluster, options);
            Message<byte[], byte[]> message = producer.produce(VALUE);
            assertThat(producer.flush(Duration.ofSeconds(10))).isTrue();
            DeliveryException failure = failureOf(message);
            closeQuietly(producer);
            return failure;
        }
    }

    private static DeliveryException failureOf(Message<byte[], byte[]> message) {
        assertThat(message.delivered()).failsWithin(Duration.ofSeconds(10));
        return Objects.requireNonNull(message.failure());
    }

    private static void closeQuietly(Producer<byte[], byte[]> producer) {
        try {
            producer.close();
        } catch (UndeliveredException e) {
            assertThat(e.getCause()).isNotNull(); // the failure that the test is about
        }
    }

    private static void await(CountDownLatch latch) {
        await(latch, 10_000);
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            boolean reached = latch.await(millis, TimeUnit.MILLISECONDS);
            assert reached || millis < 10_000;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
