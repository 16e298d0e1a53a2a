package dev.tubepost.bench.suite;

import dev.tubepost.bench.server.AckServerProcess;
import dev.tubepost.bench.server.ServerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fresh acknowledge-only server. */
final class AckServed implements Served {

    private final AckServerProcess server;
    private final @Nullable ServerKey key;

    /** @param keys where keys for TLS are kept */
    AckServed(Scenario scenario, Path keys) throws IOException {
        key = scenario.hasTls() ? ServerKey.in(Files.createDirectories(keys)) : null;
        server = AckServerProcess.start(
                scenario.option("brokers", 1),
                scenario.option("partitions", 6),
                false,
                scenario.option("slow-ms", 0),
                key == null ? null : key.keyStore());
    }

    @Override
    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    @Override
    public @Nullable Path trust() {
        return key == null ? null : key.certificate();
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
