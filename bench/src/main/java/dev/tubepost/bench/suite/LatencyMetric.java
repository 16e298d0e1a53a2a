package dev.tubepost.bench.suite;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A percentile among the metrics, by its name: {@code latency_p99_9_us} is seen by the callback, {@code handle_latency_p99_9_us} by who waits for the
 * handle, {@code alone_latency_p99_9_us} by the callback where there was no slow broker beside. <em>Immutable.</em>
 *
 * @param name of the metric
 * @param observer who saw that the message was acknowledged
 * @param percentile between 0 and 100
 */
record LatencyMetric(String name, String observer, double percentile) {

    /** What most clients have. */
    static final LatencyMetric CALLBACK = new LatencyMetric("latency_p50_us", "callback", 50);

    /** Before the names of those without a slow broker beside. */
    static final String ALONE = "alone_";

    private static final Pattern NAME = Pattern.compile("(\\w+_)?latency_p(\\d{1,2})(?:_(\\d+))?_us");

    /** Null if the metric is another one. */
    static @Nullable LatencyMetric of(String metric) {
        Matcher matcher = NAME.matcher(metric);
        if (!matcher.matches()) {
            return null;
        }
        String fraction = matcher.group(3);
        return new LatencyMetric(
                metric,
                seenBy(matcher.group(1)),
                Double.parseDouble(matcher.group(2) + "." + (fraction == null ? "0" : fraction)));
    }

    private static String seenBy(@Nullable String prefix) {
        if (prefix == null) {
            return "callback";
        }
        return prefix.equals(ALONE)
                ? "callback, without the slow broker"
                : prefix.replace('_', ' ').strip();
    }

    /** What was measured of a client, by observer and then by percentile. */
    static List<LatencyMetric> of(Comparison comparison, Peer peer) {
        return comparison.metrics(peer).stream()
                .<LatencyMetric>mapMulti((metric, found) -> {
                    LatencyMetric latency = of(metric);
                    if (latency != null) {
                        found.accept(latency);
                    }
                })
                .sorted(Comparator.comparing(LatencyMetric::observer).thenComparingDouble(LatencyMetric::percentile))
                .toList();
    }

    /** The name of another percentile, seen by the same. */
    String at(int percent) {
        return name.replaceFirst("latency_p[\\d_]+_us$", "latency_p" + percent + "_us");
    }

    /** {@code p99.9}. */
    String title() {
        return "p" + Numbers.exact(percentile);
    }
}
