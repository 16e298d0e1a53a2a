package dev.tubepost.bench.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds in numbers for each message: a line for each round, then the median and the best. <em>Immutable.</em> */
@SuppressWarnings("InlineFormatString")
record LoadReport(LoadOptions options, List<Cost> rounds, Memory memory, Map<String, Long> served) {

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
        out.printf(
                Locale.ROOT,
                "memory: %.0f MiB of direct buffers, %.0f MiB at most in the whole process%n",
                memory.directBytes() / Memory.MIB,
                memory.peakBytes() / Memory.MIB);
        out.printf(
                Locale.ROOT,
                "server: %.1f CPU ns/msg, %.0f messages/request, %.0f bytes/batch%n",
                (double) served("cpuNanos") / served("records"),
                (double) served("records") / served("requests"),
                (double) served("bytes") / served("batches"));
        out.printf(
                Locale.ROOT,
                "RESULT client=%s mode=%s perSecond=%.0f cpuNanos=%.1f bestCpuNanos=%.1f callerNanos=%.1f allBytes=%.1f%n",
                options.client(),
                options.mode(),
                median(this::perSecond),
                median(cost -> each(cost.processCpuNanos())),
                rounds.stream()
                        .mapToDouble(cost -> each(cost.processCpuNanos()))
                        .min()
                        .orElse(Double.NaN),
                median(cost -> each(cost.callerCpuNanos())),
                median(cost -> each(cost.allBytes())));
    }

    private double perSecond(Cost cost) {
        return options.messages() * 1e9 / cost.wallNanos();
    }

    private double each(long total) {
        return (double) total / options.messages();
    }

    private long served(String name) {
        return served.getOrDefault(name, 0L);
    }

    private double median(ToDoubleFunction<Cost> of) {
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
