package dev.tubepost.bench.suite;

import dev.tubepost.bench.load.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One process of one client, and what it says of itself. <em>Confined to</em> the suite's thread. */
final class Trial {

    private static final String SETTINGS = "SETTINGS ";
    private static final String RESULT = "RESULT ";
    private static final String ACKNOWLEDGED = "ACKNOWLEDGED";

    /** How long any process may take. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Lines of output that are shown when it failed. */
    private static final int LINES_SHOWN = 12;

    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private Map<String, String> settings = Map.of();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private Trial() {}

    /** Runs a client, and compares what it says with what arrived. */
    static Run of(List<String> command, Served served) throws Exception {
        return of(command, served, LIMIT);
    }

    /** The same, with another limit. */
    static Run of(List<String> command, Served served, Duration limit) throws Exception {
        return new Trial().run(command, served, limit);
    }

    private Run run(List<String> command, Served served, Duration limit) throws Exception {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var end = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS));
        try {
            process.getOutputStream().close();
            read(process, begin); // until it ends, in one way or the other
            int exitCode = process.waitFor();
            if (!end.cancel(false)) {
                return failed("it was ended, since it took longer than " + limit.toSeconds() + " s");
            }
            if (exitCode != 0) {
                return failed("it ended with exit code " + exitCode);
            }
        } finally {
            process.destroyForcibly();
        }
        Map<String, Double> arrived = new LinkedHashMap<>(served.arrived());
        Double records = arrived.remove("records");
        if (metrics.isEmpty()) {
            return failed("it measured nothing");
        }
        double failures = metrics.getOrDefault("failed", 0.0);
        if (failures != 0) {
            return failed((long) failures + " messages failed");
        }
        double acknowledged = metrics.getOrDefault("acknowledged", -1.0);
        if (records == null || acknowledged != records) {
            return failed("it says that " + acknowledged + " messages were acknowledged, and " + records + " arrived");
        }
        metrics.remove("failed");
        metrics.remove("acknowledged");
        metrics.putAll(arrived);
        return new Run(metrics, settings, null);
    }

    private void read(Process process, long begin) throws IOException {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(ACKNOWLEDGED)) {
                    metrics.put("first_acknowledgement_ms", (System.nanoTime() - begin) / 1e6);
                } else if (line.startsWith(SETTINGS)) {
                    settings = Json.parse(line.substring(SETTINGS.length()));
                } else if (line.startsWith(RESULT)) {
                    Json.parse(line.substring(RESULT.length()))
                            .forEach((name, value) -> metrics.put(name, Double.valueOf(value)));
                } else {
                    remember(line);
                }
            }
        }
    }

    private void remember(String line) {
        lastLines.add(line);
        if (lastLines.size() > LINES_SHOWN) {
            lastLines.remove();
        }
    }

    private Run failed(String why) {
        return new Run(
                Map.of(), settings, why + (lastLines.isEmpty() ? "" : "; it said: " + String.join(" | ", lastLines)));
    }
}
