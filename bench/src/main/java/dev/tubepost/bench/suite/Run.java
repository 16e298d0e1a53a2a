package dev.tubepost.bench.suite;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process of one client did. <em>Immutable.</em>
 *
 * @param metrics what was measured, by name: {@code messages_per_second}, {@code cpu_ns_per_message}, {@code latency_p99_us}, ...
 * @param settings what the live client said that it goes by
 * @param problem why its numbers do not count: it failed, or somebody else counted other messages; else null
 */
record Run(
        Map<String, Double> metrics,
        Map<String, String> settings,
        @Nullable String problem) {

    static Run failed(String problem) {
        return new Run(Map.of(), Map.of(), problem);
    }
}
