package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs {@code -Dtubepost.seeds} seeds from {@code -Dtubepost.seed} on; a seed without a number is run alone. */
final class SimulationTest {

    private static final int USUAL_COUNT = 20_000;
    private static final long FIRST = Long.getLong("tubepost.seed", 1);
    private static final int COUNT =
            Integer.getInteger("tubepost.seeds", Long.getLong("tubepost.seed") == null ? USUAL_COUNT : 1);

    @Test
    void keepsEveryPromiseWhateverGoesWrong() throws InterruptedException {
        var tally = new Tally();
        new Seeds(FIRST, COUNT, tally, () -> tally.bad() != null)
                .run(Runtime.getRuntime().availableProcessors(), progress -> {});
        Outcome bad = tally.bad();
        assertThat(bad).as(() -> bad == null ? "" : bad.describe()).isNull();
        assertThat(tally.runs()).isEqualTo(COUNT);
        if (COUNT >= Tally.ENOUGH_SEEDS) {
            assertThat(tally.findings()).as(() -> tally.describe(1, 1)).isEmpty();
        }
    }

    @Test
    void makesTheSameRunFromTheSameSeed() {
        Outcome one = Simulation.run(FIRST);
        Outcome other = Simulation.run(FIRST);
        assertThat(other.traceHash()).isEqualTo(one.traceHash());
        assertThat(other.struck()).isEqualTo(one.struck());
        assertThat(other.happened()).isEqualTo(one.happened());
        assertThat(other.delivered()).isEqualTo(one.delivered());
    }

    @Test
    void makesAnotherRunFromAnotherSeed() {
        assertThat(LongStream.range(1, 11)
                        .map(seed -> Simulation.run(seed).traceHash())
                        .distinct())
                .hasSize(10);
    }

    @Test
    void saysHowToRepeatABadRun() {
        Outcome bad = Simulation.run(17).with("a message is missing");
        assertThat(bad.isGood()).isFalse();
        assertThat(bad.describe()).contains("--seed 17", "-Dtubepost.seed=17", "a message is missing");
        assertThat(bad.problems()).isEqualTo(List.of("a message is missing"));
    }
}
