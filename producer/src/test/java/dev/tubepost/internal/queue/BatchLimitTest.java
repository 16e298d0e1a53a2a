package dev.tubepost.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchLimitTest {

    private static final long HOUR = 3_600_000_000_000L;

    private final BatchLimit limit = new BatchLimit(1_000_000, 3_000_000);

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

    @Test
    void growsByWhatBatchesWereMadeSmaller() {
        for (int i = 0; i < 100; i++) {
            limit.compressed(1_000_000, 500_000);
        }
        assertThat(limit.bytes()).isBetween(1_850_000, 1_910_000); // a little less than two million
        limit.compressed(1_000_000, 800_000);
        assertThat(limit.bytes()).isBetween(1_150_000, 1_200_000); // at once
        limit.compressed(1_000_000, 500_000);
        assertThat(limit.bytes()).isBetween(1_200_000, 1_300_000); // slowly
    }

    @Test
    void isNeverLessThanTheOptionNorMoreThanFits() {
        limit.compressed(100, 105);
        assertThat(limit.bytes()).isEqualTo(1_000_000);
        for (int i = 0; i < 100; i++) {
            limit.compressed(1_000_000, 1_000);
        }
        assertThat(limit.bytes()).isEqualTo(3_000_000);
    }

    @Test
    void aRefusalCountsForCompressedBatchesToo() {
        for (int i = 0; i < 100; i++) {
            limit.compressed(1_000_000, 250_000);
        }
        limit.refused(2_000_000, 0);
        assertThat(limit.bytes()).isEqualTo(1_000_000);
        limit.compressed(1_000_000, 250_000);
        assertThat(limit.bytes()).isEqualTo(1_000_000);
        limit.taken(HOUR + 1);
        assertThat(limit.bytes()).isEqualTo(3_000_000);
    }
}
