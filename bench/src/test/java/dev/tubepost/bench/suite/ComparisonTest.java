package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is concluded from runs. */
final class ComparisonTest {

    private static final Scenario SCENARIO = Scenario.load("some", "something");

    @Test
    void theRatioIsTheMedianOfTheTurnsAndNotTheRatioOfTheMedians() {
        Comparison comparison = comparison(List.of(run(2), run(30), run(500)), List.of(run(1), run(10), run(1000)));
        assertThat(comparison.ratio(Peer.KAFKA_CLIENTS, Comparison.THROUGHPUT)).isEqualTo(new Spread(2, 0.5, 3));
        assertThat(comparison.spread(Peer.TUBEPOST, Comparison.THROUGHPUT)).isEqualTo(new Spread(30, 2, 500));
    }

    @Test
    void aRunWithAProblemLeavesNoRatio() {
        Comparison ours = comparison(List.of(run(2), Run.failed("lost one")), List.of(run(1), run(1)));
        assertThat(ours.ratio(Peer.KAFKA_CLIENTS, Comparison.THROUGHPUT)).isNull();
        assertThat(ours.problems()).containsExactly("tubepost: lost one");
        Comparison theirs = comparison(List.of(run(2)), List.of(Run.failed("lost one")));
        assertThat(theirs.ratio(Peer.KAFKA_CLIENTS, Comparison.THROUGHPUT)).isNull();
    }

    @Test
    void aProblemOfAnyoneLeavesTheScenarioWithoutARatio() {
        Comparison comparison = Comparison.of(
                SCENARIO,
                Map.of(
                        Peer.TUBEPOST, List.of(run(2)),
                        Peer.KAFKA_CLIENTS, List.of(run(1)),
                        Peer.LIMIT, List.of(Run.failed("lost one"))));
        assertThat(comparison.ratio(Peer.KAFKA_CLIENTS, Comparison.THROUGHPUT)).isNull();
    }

    @Test
    void aMetricThatOnlyOneHasGivesNoRatio() {
        Comparison comparison = comparison(List.of(run(2)), List.of(new Run(Map.of(), Map.of(), null)));
        assertThat(comparison.ratio(Peer.KAFKA_CLIENTS, Comparison.THROUGHPUT)).isNull();
    }

    @Test
    void ofAnEvenNumberTheMedianIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theJsonHasTheRatiosAndEachClientsNumbers() throws IOException {
        Comparison comparison = comparison(List.of(run(8)), List.of(run(2)));
        var json = new StringWriter();
        JsonReport.write(new SuiteResult("m", "j", "c", "d", "bench/run", List.of(comparison)), json);
        assertThat(json.toString())
                .contains("\"name\" : \"some\"")
                .contains("\"throughput_ratio\" : 4.0")
                .contains("\"tubepost\" : {")
                .contains("\"messages_per_second\" : 8.0")
                .contains("\"spread\"");
    }

    @Test
    void inTheJsonANumberThatIsNoneIsNull() throws IOException {
        Comparison comparison =
                comparison(List.of(run(Double.NaN), run(Double.POSITIVE_INFINITY)), List.of(run(2), run(1)));
        var json = new StringWriter();
        JsonReport.write(new SuiteResult("m", "j", "c", "d", "bench/run", List.of(comparison)), json);
        assertThat(json.toString())
                .contains("\"throughput_ratio\" : null", "\"messages_per_second\" : null")
                .doesNotContain(": 0.0");
    }

    private static Run run(double perSecond) {
        return new Run(Map.of(Comparison.THROUGHPUT, perSecond), Map.of("acks", "all"), null);
    }

    private static Comparison comparison(List<Run> ours, List<Run> theirs) {
        return Comparison.of(SCENARIO, Map.of(Peer.TUBEPOST, ours, Peer.KAFKA_CLIENTS, theirs));
    }
}
