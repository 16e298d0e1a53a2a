package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = 5;
    private long waited;

    private Pacer pacer(double rate) {
        return new Pacer(rate, () -> now, nanos -> {
            waited += nanos;
            now += nanos;
        });
    }

    @Test
    void spreadsMessagesEvenly() {
        Pacer pacer = pacer(100);
        for (int i = 0; i < 101; i++) {
            pacer.awaitTurn();
        }
        assertThat(now).isEqualTo(5 + SECOND);
        assertThat(waited).isEqualTo(SECOND);
    }

    @Test
    void makesUpForAShortDelay() {
        Pacer pacer = pacer(10);
        pacer.awaitTurn();
        now += SECOND / 2;
        for (int i = 0; i < 10; i++) {
            pacer.awaitTurn();
        }
        assertThat(now).isEqualTo(5 + SECOND);
    }

    @Test
    void doesNotMakeUpForALongPause() {
        Pacer pacer = pacer(10);
        pacer.awaitTurn();
        now += 100 * SECOND;
        long resumed = now;
        for (int i = 0; i < 11; i++) {
            pacer.awaitTurn();
        }
        assertThat(now - resumed).isEqualTo(SECOND);
    }

    @Test
    void neverWaitsWithoutARate() {
        Pacer pacer = pacer(0);
        for (int i = 0; i < 1000; i++) {
            pacer.awaitTurn();
        }
        assertThat(waited).isZero();
    }
}
