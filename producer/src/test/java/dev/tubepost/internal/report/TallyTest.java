package dev.tubepost.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void theFirstFailureIsThatOfAMessage() {
        tally.failed(0, failure("each of its messages was taken back before"));
        DeliveryException first = failure("first");
        tally.failed(2, first);
        tally.failed(1, failure("second"));
        assertThat(tally.firstFailure()).isSameAs(first);
        assertThat(tally.notWritten()).isEqualTo(3);
    }

    private static DeliveryException failure(String text) {
        return new DeliveryException(
                text, DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);
    }
}
