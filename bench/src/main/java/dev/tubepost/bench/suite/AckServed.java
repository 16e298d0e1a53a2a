package dev.tubepost.bench.suite;

import dev.tubepost.bench.server.AckServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A fresh acknowledge-only server. */
final class AckServed implements Served {

    private final AckServerProcess server;

    AckServed(Scenario scenario) throws IOException {
        server = AckServerProcess.start(
                scenario.option("brokers", 1), scenario.option("partitions", 6), false, scenario.option("slow-ms", 0));
    }

    @Override
    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    @Override
    public String topic() {
        return "load";
    }

    @Override
    public Map<String, Double> arrived() throws IOException {
        Map<String, Long> totals = server.stop();
        if (totals.getOrDefault("refused", 0L) > 0) {
            throw new IllegalStateException("the server refused " + totals.get("refused") + " batches");
        }
        double records = totals.getOrDefault("records", 0L);
        Map<String, Double> arrived = new LinkedHashMap<>();
        arrived.put("records", records);
        arrived.put("wire_bytes_per_message", totals.getOrDefault("bytes", 0L) / records);
        arrived.put("messages_per_request", records / totals.getOrDefault("requests", 0L));
        arrived.put("server_cpu_ns_per_message", totals.getOrDefault("cpuNanos", 0L) / records);
        return arrived;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
