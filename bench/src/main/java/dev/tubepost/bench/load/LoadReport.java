package dev.tubepost.bench.load;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The rounds in numbers for each message: a line for each round, then the medians. <em>Immutable.</em>
 *
 * @param sent the messages of all rounds, also those that are not counted
 */
@SuppressWarnings("InlineFormatString")
record LoadReport(ClientOptions options, List<Cost> rounds, Memory memory, long sent) {

    // Side by side, so that the columns stay under each other.
    private static final String HEADING = "%-8s %12s %12s %14s %14s %14s %5s %8s%n";
    private static final String LINE = "%-8s %12.0f %12.1f %14.1f %14.1f %14.1f %5d %8d%n";

    void print(PrintStream out) {
        out.printf(
                HEADING,
                "round",
                "messages/s",
                "CPU ns/msg",
                "caller ns/msg",
                "caller B/msg",
                "all B/msg",
                "GCs",
                "GC ms");
        for (int i = 0; i < rounds.size(); i++) {
            Cost round = rounds.get(i);
            out.printf(
                    Locale.ROOT,
                    LINE,
                    i + 1,
                    perSecond(round),
                    each(round.processCpuNanos()),
                    each(round.callerCpuNanos()),
                    each(round.callerBytes()),
                    each(round.allBytes()),
                    round.collections(),
                    round.collectionMillis());
        }
        out.println("RESULT " + Json.line(result()));
    }

    private Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("messages_per_second", median(this::perSecond));
        result.put("cpu_ns_per_message", median(cost -> each(cost.processCpuNanos())));
        result.put("caller_ns_per_message", median(cost -> each(cost.callerCpuNanos())));
        result.put("allocated_bytes_per_message", median(cost -> each(cost.allBytes())));
        result.put("direct_bytes", memory.directBytes());
        result.put("peak_bytes", memory.peakBytes());
        result.put("acknowledged", sent);
        result.put("failed", 0);
        return result;
    }

    private double perSecond(Cost cost) {
        return options.messages() * 1e9 / cost.wallNanos();
    }

    private double each(long total) {
        return (double) total / options.messages();
    }

    private double median(ToDoubleFunction<Cost> of) {
        return Median.of(rounds.stream().mapToDouble(of));
    }
}
