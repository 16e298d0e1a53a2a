package dev.tubepost.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchLimitTest {

    private static final long HOUR = 3_600_000_000_000L;

    private final BatchLimit limit = new BatchLimit(1_000_000);

    @Test
    void isWhatTheOptionsSayUntilABatchIsRefused() {
        assertThat(limit.bytes()).isEqualTo(1_000_000);
        limit.refused(800_000, 0);
        assertThat(limit.bytes()).isEqualTo(400_000);
        limit.refused(400_000, 0);
        assertThat(limit.bytes()).isEqualTo(200_000);
    }

    @Test
    void anOlderRefusalOfALargerBatchChangesNothing() {
        limit.refused(100_000, 0);
        limit.refused(900_000, 0);
        assertThat(limit.bytes()).isEqualTo(50_000);
    }

    @Test
    void isForgottenAfterAnHour() {
        limit.refused(800_000, 0);
        limit.taken(HOUR);
        assertThat(limit.bytes()).isEqualTo(400_000);
        limit.taken(HOUR + 1);
        assertThat(limit.bytes()).isEqualTo(1_000_000);
    }
}
