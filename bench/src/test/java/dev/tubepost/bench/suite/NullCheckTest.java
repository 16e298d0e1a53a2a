package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NullCheckTest {

    private static final Scenario SCENARIO = Scenario.load("some", "something").againstItself();

    @ParameterizedTest
    @CsvSource({"0.949, false", "0.95, true", "1, true", "1.05, true", "1.051, false", "NaN, false"})
    void theMedianIsWithinOrNot(double ratio, boolean isPassed) {
        NullCheck check = new NullCheck("some", Comparison.CPU, new Spread(ratio, 0.1, 9));
        assertThat(check.isPassed()).isEqualTo(isPassed);
        assertThat(check.toString()).contains(isPassed ? ": within 0.95 to 1.05" : ": not within 0.95 to 1.05");
    }

    @Test
    void throughputAndCpuAreLookedAtWhereverTheyWereMeasured() {
        Comparison load = comparison(
                run(Map.of(Comparison.THROUGHPUT, 10.0, Comparison.CPU, 110.0, "latency_p50_us", 4.0)),
                run(Map.of(Comparison.THROUGHPUT, 10.0, Comparison.CPU, 100.0, "latency_p50_us", 1.0)));
        Comparison start = comparison(run(Map.of(Comparison.CPU, 100.0)), run(Map.of(Comparison.CPU, 100.0)));
        assertThat(NullCheck.of(List.of(load, start)))
                .extracting(NullCheck::toString)
                .containsExactly(
                        "some messages_per_second 1.000: within 0.95 to 1.05",
                        "some cpu_ns_per_message 1.100: not within 0.95 to 1.05",
                        "some cpu_ns_per_message 1.000: within 0.95 to 1.05");
    }

    @Test
    void withoutARatioNothingIsPassed() {
        Comparison comparison = comparison(run(Map.of(Comparison.CPU, 100.0)), Run.failed("lost one"));
        assertThat(NullCheck.of(List.of(comparison))).singleElement().satisfies(check -> {
            assertThat(check.isPassed()).isFalse();
            assertThat(check).hasToString("some cpu_ns_per_message no ratio: not within 0.95 to 1.05");
        });
    }

    @Test
    void noCheckAtAllIsNotPassed() {
        NullCheck passed = new NullCheck("some", Comparison.CPU, new Spread(1, 1, 1));
        NullCheck failed = new NullCheck("some", Comparison.CPU, new Spread(2, 2, 2));
        assertThat(NullCheck.areAllPassed(List.of())).isFalse();
        assertThat(NullCheck.areAllPassed(List.of(passed))).isTrue();
        assertThat(NullCheck.areAllPassed(List.of(passed, failed))).isFalse();
    }

    private static Run run(Map<String, Double> metrics) {
        return new Run(metrics, Map.of(), null);
    }

    private static Comparison comparison(Run ours, Run again) {
        return Comparison.of(SCENARIO, Map.of(Peer.TUBEPOST, List.of(ours), Peer.TUBEPOST_AGAIN, List.of(again)));
    }
}
