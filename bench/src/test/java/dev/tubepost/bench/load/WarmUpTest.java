package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WarmUpTest {

    private static final long HALF_A_SECOND = 500_000_000L;

    private long nanos;
    private long compilerNanos;

    @Test
    void lastsSoManyRoundsIfNothingElseIsAskedFor() {
        assertThat(roundsOf("--warm-ups 3", Long.MAX_VALUE)).isEqualTo(3);
        assertThat(roundsOf("--warm-ups 0", Long.MAX_VALUE)).isZero();
    }

    @Test
    void lastsSoLongHoweverFewRoundsAreAskedFor() {
        assertThat(roundsOf("--warm-ups 1 --warm-up-seconds 4", 0)).isEqualTo(8);
    }

    @Test
    void lastsUntilTheCompilersWereQuietTwice() {
        assertThat(roundsOf("--warm-ups 1 --warm-up-limit-seconds 15", 14 * HALF_A_SECOND))
                .isEqualTo(18);
    }

    @Test
    void anIdleCompilerThatEndsDoesNotHideWhatTheOtherDoes() {
        nanos = 0;
        WarmUp.Bounds bounds = new WarmUp.Bounds(0, 0, 10, Long.MAX_VALUE);
        // Each second one takes the whole core, and one that had an hour is gone after the first look.
        var warmUp = new WarmUp(
                bounds,
                0,
                () -> nanos,
                () -> nanos == 0 ? Map.of("C1", nanos, "C2", 3_600_000_000_000L) : Map.of("C1", nanos));
        while (warmUp.goesOn()) {
            nanos += 2 * HALF_A_SECOND;
        }
        assertThat(warmUp.rounds()).isEqualTo(10);
    }

    @Test
    void endsWhenItsTimeIsOverThoughTheyAreBusy() {
        assertThat(roundsOf("--warm-ups 1 --warm-up-limit-seconds 15", Long.MAX_VALUE))
                .isEqualTo(30);
    }

    @Test
    void sendsNoMoreThanItMay() {
        assertThat(roundsOf(
                        "--warm-ups 1 --warm-up-seconds 60 --messages 1000 --size 100 --warm-up-bytes 500000",
                        Long.MAX_VALUE))
                .isEqualTo(5);
    }

    /** How many rounds of half a second there are, if the compilers take a whole core for that long and then a hundredth. */
    private int roundsOf(String options, long busyNanos) {
        nanos = 0;
        compilerNanos = 0;
        ClientOptions parsed = ClientOptions.parse(ClientOptions.Task.LOAD, List.of(options.split(" ")));
        var warmUp = new WarmUp(
                parsed.warmUp(), parsed.bytesOf(parsed.messages()), () -> nanos, () -> Map.of("C2", compilerNanos));
        while (warmUp.goesOn()) {
            nanos += HALF_A_SECOND;
            compilerNanos += nanos <= busyNanos ? HALF_A_SECOND : HALF_A_SECOND / 100;
        }
        return warmUp.rounds();
    }
}
