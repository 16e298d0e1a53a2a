package dev.tubepost.bench.suite;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the clients their turns: A B, B A, A B, ..., since whoever goes second finds another machine than whoever went first. After a turn with a problem
 * the scenario has no ratio, and no more turns. <em>Confined to</em> the suite's thread.
 */
final class Pairs {

    private final Targets targets;
    private final ClientCommand commands;
    private final Rounds rounds;
    private final PrintStream progress;

    Pairs(Targets targets, ClientCommand commands, Rounds rounds, PrintStream progress) {
        this.targets = targets;
        this.commands = commands;
        this.rounds = rounds;
        this.progress = progress;
    }

    Comparison run(Scenario scenario) throws InterruptedException {
        Map<Peer, List<Run>> runs = new LinkedHashMap<>();
        runs.put(Peer.TUBEPOST, new ArrayList<>());
        for (Peer peer : scenario.peers()) {
            if (commands.isInstalled(peer)) {
                runs.put(peer, new ArrayList<>());
            }
        }
        int pairs = rounds.pairsOf(scenario);
        if (pairs > 1 && targets.startsKafka(scenario)) {
            // The compilers are at work in a broker that has just started, for a minute and more: nobody is measured
            // with that one.
            progress.printf("%s: warming the broker up ...%n", scenario.name());
            for (Map.Entry<Peer, List<Run>> peer : runs.entrySet()) {
                Run run = turn(peer.getKey(), scenario);
                if (run.problem() != null) {
                    peer.getValue().add(run);
                    return Comparison.of(scenario, runs);
                }
            }
        }
        for (int turn = 0; turn < pairs; turn++) {
            List<Peer> order = new ArrayList<>(runs.keySet());
            if (turn % 2 == 1) {
                Collections.reverse(order);
            }
            for (Peer peer : order) {
                progress.printf("%s %d/%d %s ...%n", scenario.name(), turn + 1, pairs, peer);
                Run run = turn(peer, scenario);
                runs.computeIfAbsent(peer, any -> new ArrayList<>()).add(run);
                if (run.problem() != null) {
                    return Comparison.of(scenario, runs);
                }
            }
        }
        return Comparison.of(scenario, runs);
    }

    /** Whatever goes wrong is this turn's problem: other scenarios may do. */
    private Run turn(Peer peer, Scenario scenario) throws InterruptedException {
        try {
            return measured(peer, scenario);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace(progress);
            targets.onFailure();
            return Run.failed(e.toString());
        }
    }

    private Run measured(Peer peer, Scenario scenario) throws Exception {
        if (scenario.kind() == Scenario.Kind.LATENCY) {
            return latencies(peer, scenario);
        }
        Run run = once(peer, scenario);
        return scenario.kind() == Scenario.Kind.START ? Footprint.addTo(run, peer) : run;
    }

    /** When the callback runs and when a waiting thread goes on are different questions, and not asked at once; nor is what a slow broker costs. */
    private Run latencies(Peer peer, Scenario scenario) throws Exception {
        Run callbacks = once(peer, scenario);
        if (rounds.latencyRuns() == 1) {
            return callbacks;
        }
        boolean isSlow = scenario.hasSlowBroker();
        Run other = once(peer, isSlow ? scenario.with(Scenario.SLOW_MILLIS, 0) : scenario.with("observe", "handle"));
        if (callbacks.problem() != null || other.problem() != null) {
            return callbacks.problem() != null ? callbacks : other;
        }
        Map<String, Double> metrics = new LinkedHashMap<>(callbacks.metrics());
        other.metrics().forEach((name, value) -> {
            if (name.startsWith("latency_")) {
                metrics.put((isSlow ? LatencyMetric.ALONE : "handle_") + name, value);
            }
        });
        Double beside = metrics.get(LatencyMetric.CALLBACK.at(99));
        Double alone = metrics.get(LatencyMetric.ALONE + LatencyMetric.CALLBACK.at(99));
        if (beside != null && alone != null) {
            metrics.put(Comparison.BESIDE_A_SLOW_ONE, beside / alone);
        }
        return new Run(metrics, callbacks.settings(), null);
    }

    private Run once(Peer peer, Scenario scenario) throws Exception {
        try (Served served = targets.serve(scenario)) {
            return Trial.of(commands.of(peer, scenario, rounds, served), served);
        }
    }
}
