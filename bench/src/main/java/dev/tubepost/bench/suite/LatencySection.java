package dev.tubepost.bench.suite;

import dev.tubepost.bench.suite.LineChart.Line;
import dev.tubepost.bench.suite.LineChart.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long messages took, as one chart of percentiles for each scenario; a client has a line for each way in which it was seen. */
final class LatencySection {

    private static final double FIRST = 10;
    private static final double LAST = 99.9;

    private LatencySection() {}

    static void write(Markup html, List<Comparison> comparisons) {
        html.open("div", "class", "panels").newLine();
        for (Comparison comparison : comparisons) {
            String title = comparison.scenario().title();
            List<Line> lines = comparison.problems().isEmpty() ? lines(comparison) : List.of();
            if (lines.isEmpty()) {
                html.open("figure", "class", "lines")
                        .open("figcaption")
                        .element("b", title)
                        .close();
                html.element(
                        "p",
                        comparison.problems().isEmpty() ? "not measured" : "no result: a run had a problem",
                        "class",
                        "note");
                html.close().newLine();
            } else {
                chart(title, lines).writeTo(html);
            }
        }
        html.close().newLine();
    }

    private static LineChart chart(String title, List<Line> lines) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (Line line : lines) {
            for (Point point : line.points()) {
                low = Math.min(low, point.y().low());
                high = Math.max(high, point.y().high());
            }
        }
        Axis y = Axis.logarithmic("µs", low, high);
        return new LineChart(title, "µs, less is better", Axis.percentiles(), y, lines, false);
    }

    private static List<Line> lines(Comparison comparison) {
        List<Line> lines = new ArrayList<>();
        for (Peer peer : comparison.peers()) {
            Map<String, List<LatencyMetric>> observed = new LinkedHashMap<>();
            for (LatencyMetric metric : LatencyMetric.of(comparison, peer)) {
                observed.computeIfAbsent(metric.observer(), observer -> new ArrayList<>())
                        .add(metric);
            }
            observed.forEach((observer, metrics) -> {
                Line line = line(comparison, peer, observer, metrics);
                if (!line.points().isEmpty()) {
                    lines.add(line);
                }
            });
        }
        return lines;
    }

    private static Line line(Comparison comparison, Peer peer, String observer, List<LatencyMetric> metrics) {
        List<Point> points = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LatencyMetric metric : metrics) {
            Spread spread = comparison.spread(peer, metric.name());
            boolean isDrawn = metric.percentile() >= FIRST && metric.percentile() <= LAST;
            // Nothing else has a place on a logarithmic axis.
            if (spread != null && isDrawn && spread.low() > 0 && Double.isFinite(spread.high())) {
                points.add(new Point(metric.percentile(), spread));
                if (metric.percentile() == 50 || metric.percentile() == 99) {
                    notes.add(metric.title() + " " + Numbers.compact(spread.median()));
                }
            }
        }
        return new Line(
                peer,
                peer + ", " + observer,
                notes.isEmpty() ? "" : String.join(", ", notes) + " µs",
                !observer.equals("callback"),
                points);
    }
}
