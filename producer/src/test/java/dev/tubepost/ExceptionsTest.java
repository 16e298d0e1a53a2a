package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.TimeSpent.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExceptionsTest {

    private static final DeliveryException.Details DETAILS = new DeliveryException.Details(
            "orders", 3, "b1:9092 (1)", 2, Duration.ofSeconds(30), TimeSpent.NONE, 7, "REQUEST_TIMED_OUT", true, true);

    static Stream<DeliveryException> family() {
        Throwable cause = new IOException("reset");
        return Stream.of(
                new DeliveryException("why", DETAILS, cause),
                new DeliveryTimeoutException("why", DETAILS, cause),
                new MessageRejectedException("why", DETAILS, cause),
                new AuthenticationFailedException("why", DETAILS, cause),
                new MessageCancelledException("why", DETAILS, cause));
    }

    @ParameterizedTest
    @MethodSource("family")
    void aFailureTellsTheFacts(DeliveryException failure) {
        assertThat(failure).hasMessage("why").hasCauseInstanceOf(IOException.class);
        assertThat(failure.details()).isEqualTo(DETAILS);
        assertThat(failure.topic()).isEqualTo("orders");
        assertThat(failure.partition()).isEqualTo(3);
        assertThat(failure.broker()).isEqualTo("b1:9092 (1)");
        assertThat(failure.attempts()).isEqualTo(2);
        assertThat(failure.elapsed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(failure.timeSpent()).isEqualTo(TimeSpent.NONE);
        assertThat(failure.errorCode()).isEqualTo(7);
        assertThat(failure.errorName()).isEqualTo("REQUEST_TIMED_OUT");
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure.isRetriable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("family")
    void aFailureThatManyMessagesShareHasNoTraceAndCannotBeChanged(DeliveryException failure) {
        failure.addSuppressed(new IOException("another's"));
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("a", "b", "c", 1)});

        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("family")
    void whatACallerIsThrownIsOfTheSameTypeWithItsOwnTrace(DeliveryException failure) {
        DeliveryException thrown = failure.forCaller();

        assertThat(thrown)
                .isExactlyInstanceOf(failure.getClass())
                .hasMessage("why")
                .hasCause(failure);
        assertThat(thrown.details()).isEqualTo(DETAILS);
        assertThat(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(getClass().getName()));
    }

    @Test
    void whatWasNeverSentHasNoErrorAndWasNotWritten() {
        DeliveryException.Details details =
                DeliveryException.Details.notSent("orders", -1, Duration.ofSeconds(1), TimeSpent.NONE);

        assertThat(details.errorCode()).isZero();
        assertThat(details.errorName()).isEqualTo("NONE");
        assertThat(details.maybeWritten()).isFalse();
        assertThat(details.broker()).isNull();
        assertThat(details.attempts()).isZero();
    }

    @Test
    void aMessageTooLargeNamesTheOptionToRaise() {
        MessageTooLargeException thrown = new MessageTooLargeException(800_034, 1000, "maxRequestSize");

        assertThat(thrown)
                .hasMessage("The message takes 800034 bytes on the wire, and maxRequestSize allows 1000: raise"
                        + " maxRequestSize, or send smaller messages");
        assertThat(thrown.size()).isEqualTo(800_034);
        assertThat(thrown.limit()).isEqualTo(1000);
        assertThat(thrown.option()).isEqualTo("maxRequestSize");
    }

    @Test
    void whatWasNotDeliveredIsCounted() {
        DeliveryException first = new DeliveryException("orders-3: no leader", DETAILS, null);
        UndeliveredException thrown = new UndeliveredException(3, 2, first);

        assertThat(thrown)
                .hasCause(first)
                .hasMessageStartingWith("5 messages were not delivered: 3 certainly not written, 2 maybe written.")
                .hasMessageEndingWith("The first failure: orders-3: no leader");
        assertThat(thrown.notWritten()).isEqualTo(3);
        assertThat(thrown.maybeWritten()).isEqualTo(2);
        assertThat(new UndeliveredException(1, 0, null)).hasMessageStartingWith("1 message was not delivered");
    }

    @Test
    void oneProblemIsSaidInOneLineAndMoreInOneLineEach() {
        assertThat(new InvalidOptionsException(List.of("a = 1: no"))).hasMessage("Invalid options: a = 1: no");
        assertThat(new InvalidOptionsException(List.of("a = 1: no", "b = 2: no")))
                .hasMessage("2 problems with the options:\n  - a = 1: no\n  - b = 2: no");
    }

    @Test
    void timeSpentIsDescribedLongestFirst() {
        TimeSpent spent = new TimeSpent(
                Duration.ZERO,
                Duration.ofNanos(999),
                Duration.ofMillis(3),
                Duration.ofNanos(250_000),
                Duration.ofMinutes(3),
                Duration.ofSeconds(12),
                Duration.ZERO);

        assertThat(spent.describe())
                .isEqualTo("3 min in flight, 12.0 s in backoff between attempts, 3 ms in the queue,"
                        + " 250 us waiting for a connection");
        assertThat(spent.largest()).isEqualTo(Phase.IN_FLIGHT);
    }

    @Test
    void noTimeSpentIsDescribed() {
        assertThat(TimeSpent.NONE.describe()).isEqualTo("no time");
        assertThat(TimeSpent.NONE.largest()).isEqualTo(Phase.METADATA);
    }

    @Test
    void eachPhaseIsFoundWhenItIsTheLargest() {
        Phase[] phases = Phase.values();
        for (int i = 0; i < phases.length; i++) {
            Duration[] times = new Duration[phases.length];
            Arrays.fill(times, Duration.ofMillis(1));
            times[i] = Duration.ofMillis(2);
            TimeSpent spent = new TimeSpent(times[0], times[1], times[2], times[3], times[4], times[5], times[6]);

            assertThat(spent.largest()).isEqualTo(phases[i]);
            assertThat(spent.describe()).startsWith("2 ms ");
        }
    }
}
