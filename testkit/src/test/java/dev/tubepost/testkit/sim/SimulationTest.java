package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.fault.Injury;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code -Dtubepost.seeds} seeds from {@code -Dtubepost.seed} on; a seed without a number is run alone. */
final class SimulationTest {

    private static final int USUAL_COUNT = 200;
    private static final long FIRST = Long.getLong("tubepost.seed", 1);
    private static final int COUNT =
            Integer.getInteger("tubepost.seeds", Long.getLong("tubepost.seed") == null ? USUAL_COUNT : 1);

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + COUNT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEveryPromise(long seed) {
        Outcome outcome = Simulation.run(seed);
        assertThat(outcome.isGood()).as(outcome::describe).isTrue();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void makesTheSameRunFromTheSameSeed(long seed) {
        Outcome one = Simulation.run(seed);
        Outcome other = Simulation.run(seed);
        assertThat(other.traceHash()).isEqualTo(one.traceHash());
        assertThat(other.happened()).isEqualTo(one.happened());
        assertThat(other.delivered()).isEqualTo(one.delivered());
    }

    static LongStream fewSeeds() {
        return LongStream.range(FIRST, FIRST + 10);
    }

    @Test
    void makesAnotherRunFromAnotherSeed() {
        assertThat(LongStream.range(1, 11)
                        .map(seed -> Simulation.run(seed).traceHash())
                        .distinct())
                .hasSize(10);
    }

    @Test
    void hurtsMessagesInEveryWay() {
        Map<Injury, Integer> happened = new EnumMap<>(Injury.class);
        Map<Injury, Integer> mattered = new EnumMap<>(Injury.class);
        LongStream.range(1, 41).mapToObj(Simulation::run).forEach(outcome -> {
            outcome.happened().forEach((injury, count) -> happened.merge(injury, count, Integer::sum));
            outcome.mattered().forEach((injury, count) -> mattered.merge(injury, count, Integer::sum));
        });
        assertThat(happened).allSatisfy((injury, count) -> assertThat(count).isPositive());
        assertThat(mattered)
                .extractingByKeys(
                        Injury.CUT_BEFORE_APPEND,
                        Injury.CUT_AFTER_APPEND,
                        Injury.CUT_IN_REPLY,
                        Injury.REPLY_LOST,
                        Injury.REFUSED,
                        Injury.WRITTEN_BUT_ERROR,
                        Injury.NOT_LEADER)
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void saysHowToRepeatABadRun() {
        Outcome good = Simulation.run(1);
        var bad = new Outcome(
                17,
                good.scenario(),
                List.of("a message is missing"),
                0,
                good.delivered(),
                good.failed(),
                good.happened(),
                good.mattered(),
                0);
        assertThat(bad.isGood()).isFalse();
        assertThat(bad.describe()).contains("-Dtubepost.seed=17", "a message is missing");
    }
}
