package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite itself, with processes and all, on so few messages that nothing is measured. */
final class SuiteIT {

    private static final Rounds FEW = new Rounds(1, 1, Rounds.WarmUps.NONE, 1, 1, 500);

    @TempDir
    Path keys;

    @ParameterizedTest
    @ValueSource(strings = {"ack-1000", "tls-100", "zstd", "latency-2000", "start", "open-partitions"})
    void everyClientHasItsTurnsAndEveryMessageArrives(String name) throws Exception {
        Scenario scenario = Scenarios.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var progress = new ByteArrayOutputStream();
        Comparison comparison;
        try (var targets = new Targets(keys);
                var out = new PrintStream(progress, true, StandardCharsets.UTF_8)) {
            comparison = new Pairs(targets, new ClientCommand(Path.of("target")), FEW, out).run(scenario);
        }
        assertThat(comparison.problems()).isEmpty();
        assertThat(comparison.runs().get(Peer.TUBEPOST)).hasSize(1);
        assertThat(comparison.runs().get(Peer.KAFKA_CLIENTS)).hasSize(1);
        String first = Headline.metrics(scenario).get(0);
        assertThat(comparison.ratio(Peer.KAFKA_CLIENTS, first)).isNotNull();
        assertThat(comparison.settings(Peer.KAFKA_CLIENTS)).containsEntry("acks", "-1");
        assertThat(comparison.settings(Peer.TUBEPOST)).containsEntry("requiredAcks", "all");
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains(name + " 1/1 kafka-clients");
        assertThat(comparison.peers()).startsWith(Peer.TUBEPOST);
    }
}
