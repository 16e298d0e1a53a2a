package dev.tubepost.it.errors;

import static dev.tubepost.it.errors.ScriptedCluster.VALUE;
import static dev.tubepost.it.errors.ScriptedCluster.failureOf;
import static dev.tubepost.it.errors.ScriptedCluster.warmUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.TimeSpent.Phase;
import dev.tubepost.it.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A message that failed says where its time went: each test delays one phase, and that one is named as the largest. */
final class TimeoutIT {

    private static final int INVALID_RECORD = 87;

    @AutoClose
    private final ScriptedCluster cluster = new ScriptedCluster();

    private final ScriptedKafka kafka = cluster.kafka();

    @Test
    void metadataThatNobodyAnswers() {
        kafka.answersMetadata = false;
        DeliveryException failure = cluster.failureOfOne(options());
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.METADATA);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure).hasMessageContaining(kafka.address()).hasMessageContaining("bootstrap servers");
    }

    @Test
    void aPartitionWithoutALeader() {
        kafka.hasLeader = false;
        DeliveryException failure = cluster.failureOfOne(options());
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
        Producer<byte[], byte[]> producer = cluster.producer(options().maxQueuedMessages(1));
        cluster.awaitPartitions();
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
    }

    @Test
    void aLongWaitInTheQueue() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, INVALID_RECORD);
        Producer<byte[], byte[]> producer = cluster.producer(options().linger(Duration.ofMillis(500)));
        cluster.awaitPartitions(); // so that nothing waits for them
        DeliveryException failure = failureOf(producer.produce(VALUE));
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.QUEUE);
        assertThat(failure.errorCode()).isEqualTo((short) INVALID_RECORD);
    }

    @Test
    void aTurnThatNeverComesBehindABatchThatIsNeverAnswered() {
        kafka.onProduce = request -> null;
        Producer<byte[], byte[]> producer = cluster.producer(options());
        cluster.awaitPartitions();
        producer.produce(VALUE);
        Eventually.holds("the first is in flight", () -> kafka.produced() == 1);
        DeliveryException failure = failureOf(producer.produce(VALUE));
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class).hasMessageContaining("deliveryTimeout");
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.QUEUE);
        assertThat(failure.maybeWritten()).isFalse();
    }

    @Test
    void aLeaderThatCannotBeReached() throws Exception {
        kafka.leaderPort = ScriptedKafka.refusedPort();
        DeliveryException failure = cluster.failureOfOne(options());
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
        Producer<byte[], byte[]> producer = cluster.producer(options());
        warmUp(producer);
        kafka.onProduce = request -> null;
        DeliveryException failure = failureOf(producer.produce(VALUE));
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.IN_FLIGHT);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure).hasMessageContaining("had not answered").hasMessageContaining("requestTimeout");
    }

    @Test
    void aBrokerThatKeepsRefusing() {
        Producer<byte[], byte[]> producer = cluster.producer(options()
                .maxRetries(1_000)
                .retryBackoff(Duration.ofMillis(200))
                .retryBackoffMax(Duration.ofMillis(200)));
        warmUp(producer);
        kafka.onProduce = request -> ScriptedKafka.answer(request, 19); // NOT_ENOUGH_REPLICAS
        DeliveryException failure = failureOf(producer.produce(VALUE));
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.BACKOFF);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isGreaterThan(1);
        assertThat(failure).hasMessageContaining("NOT_ENOUGH_REPLICAS");
    }

    @Test
    void aBrokerThatThrottles() {
        kafka.onProduce = request -> ScriptedKafka.acknowledge(request).setThrottleTimeMs(60_000);
        Producer<byte[], byte[]> producer = cluster.producer(options());
        warmUp(producer);
        DeliveryException failure = failureOf(producer.produce(VALUE));
        assertThat(failure).isInstanceOf(DeliveryTimeoutException.class);
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.THROTTLE);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure).hasMessageContaining("quota");
    }

    @Test
    void aThrottleIsCountedOnceHoweverOftenTheMessageIsSentAfterIt() {
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
        Producer<byte[], byte[]> producer = cluster.producer(options);
        warmUp(producer);
        DeliveryException failure = failureOf(producer.produce(VALUE)); // its linger begins with the throttle
        assertThat(failure.attempts()).isGreaterThan(1);
        assertThat(failure.timeSpent().throttle()).isLessThanOrEqualTo(throttle);
    }

    @Test
    void retriesThatAreUsedUpNameTheLastError() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, 7); // REQUEST_TIMED_OUT
        DeliveryException failure = cluster.failureOfOne(options().maxRetries(2).retryBackoff(Duration.ofMillis(10)));
        assertThat(failure.errorName()).isEqualTo("REQUEST_TIMED_OUT");
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(kafka.produced()).isEqualTo(3);
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder().linger(Duration.ZERO).deliveryTimeout(Duration.ofSeconds(1));
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
