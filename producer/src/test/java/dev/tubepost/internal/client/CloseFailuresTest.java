package dev.tubepost.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.UndeliveredException;
import org.junit.jupiter.api.Test;

/** What is thrown when several sessions are closed, and more than one of them has something to tell. */
final class CloseFailuresTest {

    private final CloseFailures failures = new CloseFailures();

    @Test
    void throwsNothingIfNothingWasThrown() {
        failures.throwIfAny();
        assertThat(failures).isNotNull();
    }

    @Test
    void throwsTheOnlyOneItself() {
        var only = new UndeliveredException(1, 0, null);
        failures.add(only);
        assertThatThrownBy(failures::throwIfAny).isSameAs(only);
    }

    @Test
    void addsUpWhatWasNotDelivered() {
        var cause = new IllegalStateException("the first");
        var first = new UndeliveredException(2, 1, cause);
        var second = new UndeliveredException(3, 5, new IllegalStateException("the second"));
        failures.add(first);
        failures.add(second);
        assertThatThrownBy(failures::throwIfAny)
                .isInstanceOfSatisfying(UndeliveredException.class, e -> {
                    assertThat(e.notWritten()).isEqualTo(5);
                    assertThat(e.maybeWritten()).isEqualTo(6);
                })
                .hasMessageStartingWith("11 messages were not delivered")
                .hasCause(cause)
                .hasSuppressedException(first)
                .hasSuppressedException(second);
    }

    @Test
    void throwsAnInterruptionFirstAndHidesNothing() {
        var undelivered = new UndeliveredException(2, 1, null);
        var interrupted = new ProducerInterruptedException("interrupted while waiting for a stop", null);
        var again = new ProducerInterruptedException("interrupted again", null);
        failures.add(undelivered);
        failures.add(interrupted);
        failures.add(again);
        assertThatThrownBy(failures::throwIfAny)
                .isSameAs(interrupted)
                .hasSuppressedException(again)
                .hasSuppressedException(undelivered);
    }
}
