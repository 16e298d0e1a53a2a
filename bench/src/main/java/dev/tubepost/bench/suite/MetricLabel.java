package dev.tubepost.bench.suite;

import java.util.Map;

/**
 * A metric's name for people. <em>Immutable.</em>
 *
 * @param title what was measured
 * @param unit of the values; empty if they only count
 * @param better which values are better
 */
record MetricLabel(String title, String unit, Better better) {

    /** Which of two values is better. */
    enum Better {
        MORE("more is better"),
        LESS("less is better"),
        NEITHER("");

        private final String phrase;

        Better(String phrase) {
            this.phrase = phrase;
        }

        @Override
        public String toString() {
            return phrase;
        }
    }

    private static final Map<String, MetricLabel> KNOWN = Map.ofEntries(
            Map.entry("messages_per_second", new MetricLabel("Throughput", "messages a second", Better.MORE)),
            Map.entry("cpu_ns_per_message", less("CPU in all threads", "ns a message")),
            Map.entry("caller_ns_per_message", less("CPU of the caller", "ns a message")),
            Map.entry("allocated_bytes_per_message", less("Allocated", "bytes a message")),
            Map.entry("wire_bytes_per_message", less("On the wire", "bytes a message")),
            Map.entry("server_cpu_ns_per_message", less("CPU of the server", "ns a message")),
            Map.entry("direct_bytes", less("Direct memory", "bytes")),
            Map.entry("heap_bytes", less("Heap", "bytes")),
            Map.entry("held_bytes", less("Memory held", "bytes")),
            Map.entry("peak_bytes", less("Memory of the process at most", "bytes")),
            Map.entry("first_acknowledgement_ms", less("First acknowledgement", "ms")),
            Map.entry("classes_loaded", less("Classes loaded", "")),
            Map.entry("jar_bytes", less("Jars", "bytes")),
            Map.entry("jars", less("Number of jars", "")),
            Map.entry(Comparison.BESIDE_A_SLOW_ONE, less("p99 beside a slow broker / alone", "times")));

    /** One that is not known here goes by its name. */
    static MetricLabel of(String metric) {
        LatencyMetric latency = LatencyMetric.of(metric);
        if (latency != null) {
            return less("Latency " + latency.title() + ", " + latency.observer(), "µs");
        }
        MetricLabel known = KNOWN.get(metric);
        return known == null ? new MetricLabel(metric, "", Better.NEITHER) : known;
    }

    /** Unit and direction. */
    String subtitle() {
        return unit.isEmpty() || better == Better.NEITHER ? unit + better : unit + ", " + better;
    }

    /** Whether ours is better if it is this many times theirs. */
    boolean isBetter(double ratio) {
        return better == Better.MORE ? ratio > 1 : better == Better.LESS && ratio < 1;
    }

    private static MetricLabel less(String title, String unit) {
        return new MetricLabel(title, unit, Better.LESS);
    }
}
