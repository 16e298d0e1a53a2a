package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a scenario: each client's runs, in the order of the turns. <em>Immutable.</em>
 *
 * @param scenario what was done
 * @param runs of each client, as many of one as of the other; or up to the first that had a problem
 */
record Comparison(Scenario scenario, Map<Peer, List<Run>> runs) {

    static final String THROUGHPUT = "messages_per_second";
    static final String CPU = "cpu_ns_per_message";

    /** The 99th percentile with a slow broker beside, as so many times that without. */
    static final String BESIDE_A_SLOW_ONE = "p99_beside_a_slow_one";

    /** Whom ours is compared with first. */
    Peer reference() {
        return scenario.peers().get(0);
    }

    /** What went wrong in any run: nothing may be concluded then. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        runs.forEach((peer, all) -> {
            for (Run run : all) {
                if (run.problem() != null) {
                    problems.add(peer + ": " + run.problem());
                }
            }
        });
        return problems;
    }

    /** What was measured of a client. */
    Set<String> metrics(Peer peer) {
        Set<String> names = new LinkedHashSet<>();
        runs(peer).forEach(run -> names.addAll(run.metrics().keySet()));
        return names;
    }

    /** A client's metric over its runs; null if it has none. */
    @Nullable
    Spread spread(Peer peer, String metric) {
        List<Double> values = runs(peer).stream()
                .map(run -> run.metrics().get(metric))
                .filter(value -> value != null)
                .toList();
        return values.isEmpty() ? null : Spread.of(values);
    }

    /** Ours / theirs, turn by turn; null if any run had a problem, or there is no such metric of both. */
    @Nullable
    Spread ratio(Peer peer, String metric) {
        if (!problems().isEmpty()) {
            return null;
        }
        List<Double> ratios = new ArrayList<>();
        List<Run> ours = runs(Peer.TUBEPOST);
        List<Run> theirs = runs(peer);
        for (int turn = 0; turn < Math.min(ours.size(), theirs.size()); turn++) {
            Double our = ours.get(turn).metrics().get(metric);
            Double their = theirs.get(turn).metrics().get(metric);
            if (our == null || their == null || their == 0) {
                return null;
            }
            ratios.add(our / their);
        }
        return ratios.isEmpty() ? null : Spread.of(ratios);
    }

    /** The settings that a client's live object told. */
    Map<String, String> settings(Peer peer) {
        return runs(peer).stream()
                .map(Run::settings)
                .filter(settings -> !settings.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** A client's runs, in the order of the turns. */
    List<Run> runs(Peer peer) {
        return runs.getOrDefault(peer, List.of());
    }

    /** All clients, ours first. */
    List<Peer> peers() {
        return List.copyOf(runs.keySet());
    }

    static Comparison of(Scenario scenario, Map<Peer, List<Run>> runs) {
        return new Comparison(scenario, new LinkedHashMap<>(runs));
    }
}
