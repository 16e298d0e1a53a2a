package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.bench.load.ClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of scenarios. */
final class ScenariosTest {

    @Test
    void areFewAndHaveNamesOfTheirOwn() {
        List<String> names = Scenarios.all().stream().map(Scenario::name).toList();
        assertThat(names).hasSizeLessThanOrEqualTo(Scenarios.LIMIT).doesNotHaveDuplicates();
    }

    @Test
    void thoseToARealKafkaFollowEachOtherSinceItIsStartedOnce() {
        String targets = Scenarios.all().stream()
                .map(scenario -> scenario.target() == Scenario.Target.KAFKA ? "K" : "-")
                .collect(Collectors.joining());
        assertThat(targets).matches("-*K+-*");
    }

    static List<Scenario> all() {
        return Scenarios.all();
    }

    /** A misspelt option would be found only when the suite has come to that scenario. */
    @ParameterizedTest
    @MethodSource("all")
    void haveOptionsThatAClientUnderstands(Scenario scenario) {
        List<String> arguments = new ArrayList<>();
        Rounds.FULL.applyTo(scenario).forEach((name, value) -> {
            if (!ClientCommand.SERVERS.contains(name)) {
                arguments.addAll(List.of("--" + name, value));
            }
        });
        assertThat(ClientOptions.parse(task(scenario), arguments)).isNotNull();
        assertThat(scenario.peers()).startsWith(Peer.KAFKA_CLIENTS);
    }

    private static ClientOptions.Task task(Scenario scenario) {
        return ClientOptions.Task.valueOf(scenario.kind().name());
    }
}
