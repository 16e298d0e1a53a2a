package dev.tubepost.bench.suite;

import dev.tubepost.bench.suite.LineChart.Line;
import dev.tubepost.bench.suite.LineChart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a message costs with more and more partitions. */
final class PartitionSection {

    /** The number of partitions where a scenario names none, and the scenario that is measured with it. */
    private static final int USUAL = 6;

    private static final String USUAL_NAME = "ack-100";
    private static final String NAMES = "partitions-";

    private PartitionSection() {}

    /** Those that make the lines; empty if fewer than two have results, for then there is no line. */
    static List<Comparison> of(List<Comparison> comparisons) {
        List<Comparison> series = comparisons.stream()
                .filter(comparison -> isMember(comparison.scenario()))
                .filter(comparison -> comparison.problems().isEmpty())
                .sorted(Comparator.comparingInt(comparison -> partitions(comparison.scenario())))
                .toList();
        long places = series.stream()
                .map(comparison -> partitions(comparison.scenario()))
                .distinct()
                .count();
        return places < 2 ? List.of() : series;
    }

    /** Whether this is only shown here, and not among the loads. */
    static boolean isOnlyHere(Comparison comparison, List<Comparison> series) {
        return series.contains(comparison) && !comparison.scenario().name().equals(USUAL_NAME);
    }

    static void write(Markup html, List<Comparison> series) {
        html.open("div", "class", "panels").newLine();
        for (String metric : List.of(Comparison.CPU, Comparison.THROUGHPUT)) {
            List<Line> lines = lines(series, metric);
            if (!lines.isEmpty()) {
                chart(MetricLabel.of(metric), series, lines).writeTo(html);
            }
        }
        html.close().newLine();
    }

    private static LineChart chart(MetricLabel label, List<Comparison> series, List<Line> lines) {
        List<Double> places = series.stream()
                .map(comparison -> (double) partitions(comparison.scenario()))
                .toList();
        double high = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> point.y().high())
                .max()
                .orElse(0);
        return new LineChart(
                label.title(),
                label.subtitle(),
                Axis.measuredAt("partitions", places),
                // Room for the values above the points.
                Axis.linear(label.unit(), high * 1.1),
                lines,
                true);
    }

    private static List<Line> lines(List<Comparison> series, String metric) {
        Map<Peer, List<Point>> points = new LinkedHashMap<>();
        for (Comparison comparison : series) {
            for (Peer peer : comparison.peers()) {
                Spread spread = comparison.spread(peer, metric);
                if (spread != null && Double.isFinite(spread.high())) {
                    points.computeIfAbsent(peer, other -> new ArrayList<>())
                            .add(new Point(partitions(comparison.scenario()), spread));
                }
            }
        }
        return points.entrySet().stream()
                .filter(line -> line.getValue().size() > 1)
                .map(line -> new Line(line.getKey(), line.getKey().toString(), "", false, line.getValue()))
                .toList();
    }

    private static boolean isMember(Scenario scenario) {
        return scenario.name().equals(USUAL_NAME) || scenario.name().startsWith(NAMES);
    }

    private static int partitions(Scenario scenario) {
        return scenario.option("partitions", USUAL);
    }
}
