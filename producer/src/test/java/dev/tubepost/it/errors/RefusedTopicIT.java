package dev.tubepost.it.errors;

import static dev.tubepost.it.errors.ScriptedCluster.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.MetadataException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic that is refused fails its messages with one type, the broker's error and what to do, wherever they are when that is found. */
final class RefusedTopicIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Why a topic is refused at once, and what each message is told. */
    enum Cause {
        INVALID_TOPIC_EXCEPTION(17, MessageRejectedException.class, "Choose a topic name"),
        TOPIC_AUTHORIZATION_FAILED(29, AuthenticationFailedException.class, "an ACL with WRITE");

        private final short code;
        private final Class<? extends DeliveryException> type;
        private final String advice;

        Cause(int code, Class<? extends DeliveryException> type, String advice) {
            this.code = (short) code;
            this.type = type;
            this.advice = advice;
        }
    }

    @AutoClose
    private final ScriptedCluster cluster = new ScriptedCluster();

    private final ScriptedKafka kafka = cluster.kafka();

    @ParameterizedTest
    @EnumSource
    void inTheBacklog(Cause cause) {
        kafka.topicError = cause.code;
        DeliveryException failure = failureOf(producer(Duration.ZERO).produce(VALUE), cause);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inTheQueue(Cause cause) {
        Message<byte[], byte[]> lingering = producer(Duration.ofSeconds(60)).produce(VALUE);
        Eventually.holds("it is in the queue of its partition", () -> lingering.partition() >= 0);
        refuse(cause);
        DeliveryException failure = failureOf(lingering, cause);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isZero();
        assertThat(failure.broker()).contains(kafka.address());
    }

    @ParameterizedTest
    @EnumSource
    void inFlight(Cause cause) {
        kafka.onProduce = request -> null;
        Message<byte[], byte[]> sent = producer(Duration.ZERO).produce(VALUE);
        Eventually.holds("it is in flight", () -> kafka.produced() == 1);
        refuse(cause);
        DeliveryException failure = failureOf(sent, cause);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.broker()).contains(kafka.address());
    }

    @ParameterizedTest
    @EnumSource
    void inTheAnswerToAProduce(Cause cause) {
        kafka.onProduce = request -> ScriptedKafka.answer(request, cause.code);
        DeliveryException failure = failureOf(producer(Duration.ZERO).produce(VALUE), cause);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.broker()).contains(kafka.address());
    }

    @ParameterizedTest
    @EnumSource
    void whenItsPartitionsAreAskedFor(Cause cause) {
        kafka.topicError = cause.code;
        assertThat(cluster.topic().partitions())
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(MetadataException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(cause.code);
                    assertThat(e.errorName()).isEqualTo(cause.name());
                    assertThat(e.isRetriable()).isFalse();
                })
                .withMessageContaining(kafka.address())
                .withMessageContaining(cause.advice);
    }

    private Producer<byte[], byte[]> producer(Duration linger) {
        return cluster.producer(ProducerOptions.builder().linger(linger));
    }

    /** From now on the topic is refused, that was known before. */
    private void refuse(Cause cause) {
        kafka.topicError = cause.code;
        assertThat(cluster.client().update()).succeedsWithin(LONG);
    }

    private DeliveryException failureOf(Message<byte[], byte[]> message, Cause cause) {
        DeliveryException failure = ScriptedCluster.failureOf(message);
        assertThat(failure)
                .isExactlyInstanceOf(cause.type)
                .hasMessageContaining(kafka.address())
                .hasMessageContaining(cause.name() + " (" + cause.code + ")")
                .hasMessageContaining(cause.advice);
        assertThat(failure.errorCode()).isEqualTo(cause.code);
        assertThat(failure.errorName()).isEqualTo(cause.name());
        assertThat(failure.isRetriable()).isFalse();
        return failure;
    }
}
