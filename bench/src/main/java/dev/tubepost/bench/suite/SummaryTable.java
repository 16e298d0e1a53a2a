package dev.tubepost.bench.suite;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ours / theirs of every scenario, one after the other: what a reader wants first. <em>Immutable.</em>
 *
 * @param rows in the order of the scenarios
 * @param strip how ratios are drawn, the same in all rows
 */
record SummaryTable(List<Row> rows, RatioStrip strip) {

    private static final int MEDIAN = 50;
    private static final int TAIL = 99;

    /**
     * A scenario, or one of the ways in which its latency was seen.
     *
     * @param comparison the scenario
     * @param observer who saw the latency, if that has to be said; else empty
     * @param metrics whose ratios are shown
     */
    record Row(Comparison comparison, String observer, List<String> metrics) {

        private @Nullable Spread ratio(String metric) {
            return comparison.ratio(comparison.reference(), metric);
        }

        private boolean hasRatios() {
            return metrics.stream().anyMatch(metric -> ratio(metric) != null);
        }
    }

    static SummaryTable of(List<Comparison> comparisons) {
        List<Row> rows = comparisons.stream()
                .flatMap(comparison -> rows(comparison).stream())
                .toList();
        double farthest = 1;
        for (Row row : rows) {
            for (String metric : row.metrics()) {
                Spread ratio = row.ratio(metric);
                farthest = ratio == null ? farthest : Math.max(farthest, RatioStrip.distance(ratio));
            }
        }
        return new SummaryTable(rows, RatioStrip.upTo(farthest));
    }

    private static List<Row> rows(Comparison comparison) {
        Group group = Group.of(comparison.scenario());
        if (group != Group.LATENCY) {
            return List.of(new Row(comparison, "", group.metrics));
        }
        List<Row> observed = LatencyMetric.of(comparison, Peer.TUBEPOST).stream()
                .filter(metric -> metric.percentile() == MEDIAN)
                .map(metric -> new Row(comparison, metric.observer(), List.of(metric.name(), metric.at(TAIL))))
                .filter(Row::hasRatios)
                .toList();
        return observed.isEmpty() ? List.of(new Row(comparison, "", group.metrics)) : observed;
    }

    /** Scenarios that are summed up in the same metrics, under one heading. */
    private enum Group {
        LOAD("As many messages as they can", Comparison.THROUGHPUT, Comparison.CPU),
        LATENCY("Latency at a fixed rate", LatencyMetric.CALLBACK.at(MEDIAN), LatencyMetric.CALLBACK.at(TAIL)),
        SLOW_BROKER("Latency beside a slow broker", LatencyMetric.CALLBACK.at(TAIL), Comparison.BESIDE_A_SLOW_ONE),
        START("Start", "first_acknowledgement_ms"),
        OPEN("Memory", "held_bytes");

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> metrics;

        Group(String title, String... metrics) {
            this.title = title;
            this.metrics = List.of(metrics);
        }

        static Group of(Scenario scenario) {
            return switch (scenario.kind()) {
                case LOAD -> LOAD;
                case LATENCY -> scenario.hasSlowBroker() ? SLOW_BROKER : LATENCY;
                case START -> START;
                case OPEN -> OPEN;
            };
        }

        /** There are two columns, also where one ratio is all. */
        private int span() {
            return metrics.size() == 1 ? 2 : 1;
        }
    }

    void writeTo(Markup html) {
        html.open("table", "class", "summary").newLine();
        for (Group group : Group.values()) {
            List<Row> ofGroup = rows.stream()
                    .filter(row -> Group.of(row.comparison().scenario()) == group)
                    .toList();
            if (!ofGroup.isEmpty()) {
                html.open("tbody");
                writeHeading(html, group);
                ofGroup.forEach(row -> writeRow(html, row));
                html.close().newLine();
            }
        }
        html.close().newLine();
    }

    private static void writeHeading(Markup html, Group group) {
        html.open("tr").element("th", group.title, "scope", "col", "class", "kind");
        for (String metric : group.metrics) {
            MetricLabel label = MetricLabel.of(metric);
            LatencyMetric latency = LatencyMetric.of(metric);
            html.open("th", "scope", "col", "colspan", group.span());
            html.text(latency == null ? label.title() : "Latency " + latency.title())
                    .text(" ");
            html.element("small", label.better().toString()).close();
        }
        html.close().newLine();
    }

    private void writeRow(Markup html, Row row) {
        Comparison comparison = row.comparison();
        html.open("tr");
        writeScenario(html, row);
        List<String> problems = comparison.problems();
        if (!problems.isEmpty()) {
            html.open("td", "class", "problem", "colspan", 2)
                    .element("b", "no ratio")
                    .text(" ");
            html.text(problems.stream().distinct().collect(Collectors.joining("; ")))
                    .close();
        } else {
            for (String metric : row.metrics()) {
                writeRatio(html, row, metric);
            }
        }
        html.close().newLine();
    }

    private static void writeScenario(Markup html, Row row) {
        Scenario scenario = row.comparison().scenario();
        html.open("th", "scope", "row", "class", scenario.isHeadline() ? "headline" : "");
        html.element("a", scenario.title(), "href", "#" + ScenarioDetails.anchor(scenario))
                .text(" ");
        html.open("small").element("code", scenario.name());
        if (!row.observer().isEmpty()) {
            html.text(", seen by the " + row.observer());
        }
        if (row.comparison().reference() != Peer.KAFKA_CLIENTS) {
            html.text(", against " + row.comparison().reference());
        }
        html.text(", " + ScenarioDetails.pairs(row.comparison())).close().close();
    }

    private void writeRatio(Markup html, Row row, String metric) {
        Spread ratio = row.ratio(metric);
        int span = Group.of(row.comparison().scenario()).span();
        if (ratio == null) {
            html.element("td", "not measured", "class", "none", "colspan", span);
        } else {
            strip.writeTo(html, ratio, MetricLabel.of(metric), row.comparison().reference(), span);
        }
    }
}
