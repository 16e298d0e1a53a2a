package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TableTest {

    private static final Scenario SCENARIO = Scenario.load("some", "something");

    @Test
    void aScenarioWithAProblemIsThereWithItsErrorAndNoRatio() {
        String printed = printed(List.of(
                comparison(Run.failed("it ended with exit code 1"), run(2)), comparison(run(8), Run.failed("gone"))));
        assertThat(printed)
                .contains("some no ratio: tubepost: it ended with exit code 1")
                .contains("some no ratio: kafka-clients: gone")
                .containsPattern("messages_per_second +8\\.0 +- +- ");
    }

    @Test
    void aRatioHasTwoDecimals() {
        assertThat(printed(List.of(comparison(run(8), run(3)))))
                .containsPattern(" 8\\.0 +3\\.0 +2\\.67  2\\.67-2\\.67");
    }

    @Test
    void theSettingsOfEachClientAreALine() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Table.printSettings(comparison(run(8), Run.failed("gone")), out);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("some settings of tubepost: acks=all, linger=5 ms");
    }

    private static String printed(List<Comparison> comparisons) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Table.print(comparisons, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Run run(double perSecond) {
        return new Run(
                Map.of(Comparison.THROUGHPUT, perSecond), new TreeMap<>(Map.of("acks", "all", "linger", "5 ms")), null);
    }

    private static Comparison comparison(Run ours, Run theirs) {
        return Comparison.of(SCENARIO, Map.of(Peer.TUBEPOST, List.of(ours), Peer.KAFKA_CLIENTS, List.of(theirs)));
    }
}
