package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where values lie, and which are marked. */
final class AxisTest {

    @Test
    void aLinearOneBeginsWithZeroAndHasFewRoundMarks() {
        for (double highest : new double[] {1, 1.7, 9.99, 10, 235, 6_060_000, 0.003}) {
            List<Axis.Tick> ticks = Axis.linear("", highest).ticks();

            assertThat(ticks.get(0).value()).isZero();
            assertThat(ticks).hasSizeBetween(3, 7).allMatch(tick -> tick.value() <= highest * 1.001);
        }
        assertThat(Axis.linear("", 235).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "50", "100", "150", "200");
        assertThat(Axis.linear("", 200).at(50)).isEqualTo(0.25);
    }

    @Test
    void aLogarithmicOneGoesFromRoundToRound() {
        Axis axis = Axis.logarithmic("", 93, 2_900);

        assertThat(axis.ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("50", "100", "200", "500", "1,000", "2,000", "5,000");
        assertThat(axis.at(500)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aSingleValueHasAPlace() {
        Axis axis = Axis.logarithmic("", 100, 100);

        assertThat(axis.high()).isGreaterThan(axis.low());
        assertThat(axis.at(100)).isBetween(0.0, 1.0);
    }

    @Test
    void eachFactorOfTheTailIsAsFarAsTheOneBefore() {
        Axis axis = Axis.percentiles();

        assertThat(axis.at(99) - axis.at(90)).isCloseTo(axis.at(99.9) - axis.at(99), within(1e-9));
        assertThat(axis.at(10)).isZero();
        assertThat(axis.at(99.9)).isEqualTo(1);
    }
}
