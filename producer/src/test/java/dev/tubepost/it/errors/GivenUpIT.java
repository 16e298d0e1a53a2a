package dev.tubepost.it.errors;

import static dev.tubepost.it.errors.ScriptedCluster.VALUE;
import static dev.tubepost.it.errors.ScriptedCluster.warmUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.TimeSpent.Phase;
import dev.tubepost.it.Eventually;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who gives a message up before its delivery timeout, a synchronous call or a stop, is told where the time went, at which broker, what to raise, and
 * whether producing it again can write it twice: each test delays one phase.
 */
final class GivenUpIT {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** What keeps the message, and what is told of it. */
    enum Trouble {
        NO_METADATA(Phase.METADATA, "has not answered yet"),
        NO_LEADER(Phase.METADATA, "has no leader"),
        BEHIND_ANOTHER(Phase.QUEUE, "the connection is up"),
        UNREACHABLE(Phase.CONNECTION, "refused"),
        NO_ANSWER(Phase.IN_FLIGHT, "has not answered"),
        REFUSED(Phase.BACKOFF, "NOT_ENOUGH_REPLICAS"),
        THROTTLED(Phase.THROTTLE, "quota");

        private final Phase phase;
        private final String words;

        Trouble(Phase phase, String words) {
            this.phase = phase;
            this.words = words;
        }

        boolean isAtABroker() {
            return phase != Phase.METADATA;
        }
    }

    @AutoClose
    private final ScriptedCluster cluster = new ScriptedCluster();

    private final ScriptedKafka kafka = cluster.kafka();

    @ParameterizedTest
    @EnumSource
    void aSynchronousCall(Trouble trouble) throws Exception {
        prepare(trouble);
        Producer<byte[], byte[]> producer = cluster.producer(options().sync(true));
        bring(trouble, producer);
        DeliveryTimeoutException failure =
                catchThrowableOfType(DeliveryTimeoutException.class, () -> producer.produce(VALUE));
        check(failure, trouble);
        assertThat(failure)
                .hasMessageContaining("within pendingTimeout, 600 ms")
                .hasMessageContaining("may write it twice")
                .hasMessageContaining("raise pendingTimeout");
        assertThat(failure.maybeWritten()).isTrue(); // it is on its way still
        assertThat(failure.isRetriable()).isFalse();
        assertThat(failure.elapsed()).isGreaterThanOrEqualTo(PATIENCE);
        assertThat(failure.getStackTrace()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStop(Trouble trouble) throws Exception {
        prepare(trouble);
        Producer<byte[], byte[]> producer = cluster.producer(options());
        bring(trouble, producer);
        Message<byte[], byte[]> message = producer.produce(VALUE);
        assertThat(producer.stop(PATIENCE).isClean()).isFalse();
        assertThat(message.failure()).isExactlyInstanceOf(DeliveryTimeoutException.class);
        var failure = (DeliveryTimeoutException) Objects.requireNonNull(message.failure());
        check(failure, trouble);
        assertThat(failure)
                .hasMessageContaining("the producer was stopped, and the time for it was over")
                .hasMessageContaining("raise the stop's time");
        assertThat(failure.isRetriable()).isEqualTo(!failure.maybeWritten());
        if (trouble != Trouble.REFUSED) { // else it depends on when exactly it was cut off
            assertThat(failure.maybeWritten()).isEqualTo(trouble == Trouble.NO_ANSWER);
        }
    }

    /** As long as the broker says that it does not know the topic, that is what is told, though the call's time is over first. */
    @Test
    void aSynchronousCallForATopicThatNoBrokerKnows() {
        kafka.topicError = 3;
        Producer<byte[], byte[]> producer = cluster.producer(options().sync(true));
        Eventually.holds("the broker has said so", () -> kafka.asked() >= 2);
        DeliveryTimeoutException failure =
                catchThrowableOfType(DeliveryTimeoutException.class, () -> producer.produce(VALUE));
        assertThat(failure).hasMessageContaining("the brokers answer UNKNOWN_TOPIC_OR_PARTITION (3)");
        assertThat(failure.errorName()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(failure.timeSpent().largest()).isEqualTo(Phase.METADATA);
    }

    private void check(DeliveryTimeoutException failure, Trouble trouble) {
        assertThat(failure.timeSpent().largest()).isEqualTo(trouble.phase);
        assertThat(failure.timeSpent().in(trouble.phase)).isBetween(PATIENCE.dividedBy(3), Duration.ofSeconds(30));
        assertThat(failure).hasMessageContaining(trouble.words);
        assertThat(failure.attempts() > 0)
                .isEqualTo(trouble.phase == Phase.IN_FLIGHT || trouble.phase == Phase.BACKOFF);
        if (trouble.isAtABroker()) {
            assertThat(failure.broker()).isEqualTo("broker 1 at 127.0.0.1:" + kafka.leaderPort);
        } else {
            assertThat(failure.broker()).isNull();
        }
    }

    /** What keeps the message is so from the beginning, if it keeps all messages from a broker. */
    private void prepare(Trouble trouble) throws Exception {
        switch (trouble) {
            case NO_METADATA -> kafka.answersMetadata = false;
            case NO_LEADER -> kafka.hasLeader = false;
            case UNREACHABLE -> kafka.leaderPort = ScriptedKafka.refusedPort();
            case THROTTLED ->
                kafka.onProduce = request -> ScriptedKafka.acknowledge(request).setThrottleTimeMs(60_000);
            default -> {}
        }
    }

    /** The next message meets it, and nothing else: where a broker answers, one was delivered before, so that nothing waits for the connection. */
    private void bring(Trouble trouble, Producer<byte[], byte[]> producer) {
        if (trouble == Trouble.UNREACHABLE) {
            cluster.awaitPartitions();
        } else if (trouble.isAtABroker()) {
            warmUp(producer);
        }
        switch (trouble) {
            case REFUSED -> kafka.onProduce = request -> ScriptedKafka.answer(request, 19); // NOT_ENOUGH_REPLICAS
            case NO_ANSWER -> kafka.onProduce = request -> null;
            case BEHIND_ANOTHER -> {
                kafka.onProduce = request -> null;
                assertThat(producer.tryProduce(VALUE, null)).isNotNull();
                Eventually.holds("another is in flight", () -> kafka.produced() == 2);
            }
            default -> {}
        }
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder()
                .linger(Duration.ZERO)
                .maxRetries(1_000)
                .retryBackoff(Duration.ofMillis(200))
                .retryBackoffMax(Duration.ofMillis(200))
                .pendingTimeout(PATIENCE);
    }
}
