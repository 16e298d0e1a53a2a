package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A result as the suite would make it, of numbers that nobody measured. */
final class InventedResult {

    private static final double[] PERCENTILES = {10, 25, 50, 75, 90, 95, 99, 99.5, 99.9};

    private final Random random = new Random(1);

    private InventedResult() {}

    /** Of every scenario. */
    static SuiteResult ofAllScenarios() {
        var invented = new InventedResult();
        return of(Scenarios.all().stream().map(invented::comparison).toList());
    }

    static SuiteResult of(List<Comparison> comparisons) {
        return new SuiteResult(
                "2 × AMD EPYC 7763, 8 GB, Linux 6.1",
                "Temurin 17.0.12+7, -Xms1g -Xmx1g -XX:+UseG1GC",
                "9be5d7e",
                "2025-06-01T12:00:00Z",
                "bench/suite --pairs 5",
                comparisons);
    }

    static Run run(Map<String, Double> metrics) {
        return new Run(metrics, Map.of("linger", "5 ms"), null);
    }

    private Comparison comparison(Scenario scenario) {
        List<Peer> peers = new ArrayList<>(List.of(Peer.TUBEPOST));
        peers.addAll(scenario.peers());
        Map<Peer, List<Run>> runs = new LinkedHashMap<>();
        for (Peer peer : peers) {
            List<Run> ofPeer = new ArrayList<>();
            for (int turn = 0; turn < (scenario.isHeadline() ? 9 : 5); turn++) {
                ofPeer.add(run(scenario, peer));
            }
            runs.put(peer, ofPeer);
        }
        return Comparison.of(scenario, runs);
    }

    private Run run(Scenario scenario, Peer peer) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        switch (scenario.kind()) {
            case LOAD -> load(metrics, scenario, peer);
            case LATENCY -> latency(metrics, scenario, peer);
            case START -> {
                metrics.put("first_acknowledgement_ms", about(310 * slowness(peer)));
                metrics.put(Comparison.CPU, about(450e6 * slowness(peer)));
                metrics.put("classes_loaded", Math.rint(about(1_400 * slowness(peer))));
                metrics.put("jars", peer == Peer.TUBEPOST ? 3.0 : 5);
                metrics.put("jar_bytes", peer == Peer.TUBEPOST ? 812_344.0 : 9_812_001);
            }
            case OPEN -> {
                metrics.put(Comparison.CPU, about(9_000 * slowness(peer)));
                metrics.put("held_bytes", about(41e6 * slowness(peer)));
                metrics.put("peak_bytes", about(210e6 * slowness(peer)));
            }
        }
        return new Run(metrics, settings(peer), null);
    }

    private void load(Map<String, Double> metrics, Scenario scenario, Peer peer) {
        double size = scenario.option("size", 100) / 100.0;
        double compression = scenario.options().containsKey("compression") ? 4 : 1;
        double spread = Math.sqrt(scenario.option("partitions", 6) / 6.0);
        double nanos = about(210 * slowness(peer) * Math.pow(size, 0.6) * compression * (1 + spread / 25));
        metrics.put(Comparison.THROUGHPUT, about(1.3e9 / nanos));
        metrics.put(Comparison.CPU, nanos);
        if (peer != Peer.LIMIT) {
            metrics.put("caller_ns_per_message", nanos * 0.55);
            metrics.put("allocated_bytes_per_message", about(52 * Math.pow(slowness(peer), 2)));
            metrics.put("something_new", about(3));
        }
        metrics.put("wire_bytes_per_message", 108.25);
    }

    private void latency(Map<String, Double> metrics, Scenario scenario, Peer peer) {
        metrics.put(Comparison.THROUGHPUT, about(scenario.option("rate", 2_000)));
        metrics.put(Comparison.CPU, about(50_000 * slowness(peer)));
        double base = scenario.target() == Scenario.Target.KAFKA ? 700 : 90;
        String other = scenario.hasSlowBroker() ? LatencyMetric.ALONE : "handle_";
        for (String observer : List.of("", other)) {
            for (double percentile : PERCENTILES) {
                double tail = 1 / (1 - percentile / 100);
                String name = Numbers.exact(percentile).replace('.', '_');
                double micros = base * (1 + 0.25 * Math.log(tail) + tail / 60) * Math.sqrt(slowness(peer));
                metrics.put(observer + "latency_p" + name + "_us", about(micros + observer.length() * base / 40));
            }
        }
        if (scenario.hasSlowBroker()) {
            metrics.put(Comparison.BESIDE_A_SLOW_ONE, about(1.1 * slowness(peer)));
        }
    }

    private static double slowness(Peer peer) {
        return switch (peer) {
            case TUBEPOST, TUBEPOST_AGAIN -> 1;
            case KAFKA_CLIENTS -> 2.8;
            case LIBRDKAFKA -> 2.1;
            case LIMIT -> 0.35;
        };
    }

    private static Map<String, String> settings(Peer peer) {
        return peer == Peer.TUBEPOST
                ? Map.of("acks", "all", "linger", "5 ms", "batch", "128 KiB")
                : Map.of("acks", "-1", "linger.ms", "5", "batch.size", "131072");
    }

    private double about(double value) {
        return value * (0.96 + 0.08 * random.nextDouble());
    }
}
