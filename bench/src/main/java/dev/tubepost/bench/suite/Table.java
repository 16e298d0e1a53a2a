package dev.tubepost.bench.suite;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ratios as text. <em>Stateless.</em> */
final class Table {

    private static final String LINE = "%-22s %-15s %-26s %14s %14s %8s  %s%n";

    private Table() {}

    static void print(List<Comparison> comparisons, PrintStream out) {
        out.printf(LINE, "scenario", "beside", "", "tubepost", "other", "ratio", "of the pairs");
        for (Comparison comparison : comparisons) {
            print(comparison, out);
        }
    }

    /** What the live clients go by, a line for each. */
    static void printSettings(Comparison comparison, PrintStream out) {
        for (Peer peer : comparison.peers()) {
            Map<String, String> settings = comparison.settings(peer);
            if (!settings.isEmpty()) {
                out.println(comparison.scenario().name() + " settings of " + peer + ": "
                        + settings.entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static void print(Comparison comparison, PrintStream out) {
        for (Peer peer : comparison.peers()) {
            if (peer == Peer.TUBEPOST) {
                continue;
            }
            for (String metric : Headline.metrics(comparison.scenario())) {
                print(comparison, peer, metric, out);
            }
        }
        for (String problem : comparison.problems()) {
            out.println(comparison.scenario().name() + " no ratio: " + problem);
        }
    }

    private static void print(Comparison comparison, Peer peer, String metric, PrintStream out) {
        Spread ours = comparison.spread(Peer.TUBEPOST, metric);
        Spread theirs = comparison.spread(peer, metric);
        if (ours == null && theirs == null) {
            return;
        }
        Spread ratio = comparison.ratio(peer, metric);
        out.printf(
                LINE,
                comparison.scenario().name(),
                peer,
                metric,
                number(ours),
                number(theirs),
                ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio.median()),
                ratio == null ? "" : String.format(Locale.ROOT, "%.2f-%.2f", ratio.low(), ratio.high()));
    }

    private static String number(@Nullable Spread spread) {
        return spread == null
                ? "-"
                : String.format(Locale.ROOT, spread.median() < 1000 ? "%,.1f" : "%,.0f", spread.median());
    }
}
