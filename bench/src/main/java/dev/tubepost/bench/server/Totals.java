package dev.tubepost.bench.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the server was given since it started. <em>Thread-safe.</em> */
public final class Totals {

    private final LongAdder requests = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder batchBytes = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void onRequest() {
        requests.increment();
    }

    void onBatch(int recordCount, int bytes) {
        batches.increment();
        records.add(recordCount);
        batchBytes.add(bytes);
    }

    void onRefused() {
        refused.increment();
    }

    /** Records acknowledged, or with acks 0, accepted. */
    public long records() {
        return records.sum();
    }

    /** Produce requests. */
    public long requests() {
        return requests.sum();
    }

    /** Batches that were answered with an error: an unknown partition, or, if the server verifies, a wrong batch. */
    public long refused() {
        return refused.sum();
    }

    /** All numbers, and this process's CPU time, as {@code name=value ...}. */
    public String line() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("records", records.sum());
        values.put("batches", batches.sum());
        values.put("requests", requests.sum());
        values.put("bytes", batchBytes.sum());
        values.put("refused", refused.sum());
        values.put("cpuNanos", system.getProcessCpuTime());
        StringBuilder line = new StringBuilder();
        values.forEach((name, value) ->
                line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return line.toString();
    }
}
