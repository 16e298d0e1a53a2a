package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.MetadataException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic that is refused fails its messages with one type, the broker's error and what to do, wherever they are when that is found. */
final class RefusedTopicIT {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
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

    private ScriptedKafka kafka;
    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        kafka = ScriptedKafka.start();
        cluster = Cluster.connect(kafka.address());
    }

    @AfterEach
    void stop() throws Exception {
        try {
            cluster.close();
        } catch (UndeliveredException e) {
            assertThat(e.getCause()).isNotNull(); // the failure that the test is about
        }
        kafka.close();
    }

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
    void inTheQueue(Cause cause) throws Exception {
        Message<byte[], byte[]> lingering = producer(Duration.ofSeconds(60)).produce(VALUE);
        refuse(cause);
        DeliveryException failure = failureOf(lingering, cause);
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isZero();
        assertThat(failure.broker()).contains(kafka.address());
    }

    @ParameterizedTest
    @EnumSource
    void inFlight(Cause cause) throws Exception {
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
        assertThat(cluster.topic("topic").partitions())
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
        return cluster.topic("topic")
                .producer(ProducerOptions.builder().linger(linger).build());
    }

    /** From now on the topic is refused, that was known before. */
    private void refuse(Cause cause) throws Exception {
        assertThat(cluster.topic("topic").partitions().get(20, TimeUnit.SECONDS))
                .hasSize(1);
        kafka.topicError = cause.code;
        cluster.update().get(20, TimeUnit.SECONDS);
    }

    private DeliveryException failureOf(Message<byte[], byte[]> message, Cause cause) {
        assertThat(message.delivered()).failsWithin(LONG);
        DeliveryException failure = Objects.requireNonNull(message.failure());
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
