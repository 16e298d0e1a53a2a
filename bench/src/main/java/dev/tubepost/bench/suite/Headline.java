package dev.tubepost.bench.suite;

import java.util.List;

/** Which of a scenario's metrics are shown first. <em>Stateless.</em> */
final class Headline {

    private Headline() {}

    static List<String> metrics(Scenario scenario) {
        return switch (scenario.kind()) {
            case LOAD ->
                scenario.options().containsKey("compression")
                        ? List.of(Comparison.THROUGHPUT, Comparison.CPU, "wire_bytes_per_message")
                        : List.of(Comparison.THROUGHPUT, Comparison.CPU, "allocated_bytes_per_message");
            case LATENCY ->
                scenario.hasSlowBroker()
                        ? List.of(
                                "latency_p50_us",
                                "latency_p99_us",
                                "alone_latency_p99_us",
                                Comparison.BESIDE_A_SLOW_ONE,
                                Comparison.CPU)
                        : List.of(
                                "latency_p50_us",
                                "latency_p99_us",
                                "handle_latency_p50_us",
                                "handle_latency_p99_us",
                                Comparison.CPU);
            case START -> List.of("first_acknowledgement_ms", Comparison.CPU, "classes_loaded", "jars", "jar_bytes");
            case OPEN -> List.of("held_bytes", "heap_bytes", "direct_bytes", Comparison.CPU);
        };
    }
}
