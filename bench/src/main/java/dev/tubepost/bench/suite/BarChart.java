package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * One metric of several scenarios as horizontal bars: a bar for each client, as long as the median, with a whisker from the lowest to the highest run.
 * Rows are HTML and only the bars are SVG, in shares of the width, so that text has its size on a phone too. <em>Immutable.</em>
 *
 * @param label what is shown
 * @param groups a scenario each
 */
record BarChart(MetricLabel label, List<Group> groups) {

    /**
     * The bars of a scenario.
     *
     * @param title of the scenario
     * @param bars ours first
     * @param note instead of bars: why there are none; else empty
     */
    record Group(String title, List<Bar> bars, String note) {}

    /** A client's bar. */
    record Bar(Peer peer, Spread spread) {}

    /** Of what was measured; a scenario with a problem has no bars, for nothing may be concluded from them. */
    static BarChart of(String metric, List<Comparison> comparisons) {
        return new BarChart(
                MetricLabel.of(metric),
                comparisons.stream()
                        .map(comparison -> group(metric, comparison))
                        .toList());
    }

    private static Group group(String metric, Comparison comparison) {
        String title = comparison.scenario().title();
        if (!comparison.problems().isEmpty()) {
            return new Group(title, List.of(), "no result: a run had a problem");
        }
        List<Bar> bars = new ArrayList<>();
        for (Peer peer : comparison.peers()) {
            Spread spread = comparison.spread(peer, metric);
            if (spread != null && Double.isFinite(spread.high())) {
                bars.add(new Bar(peer, spread));
            }
        }
        return new Group(title, bars, bars.isEmpty() ? "not measured" : "");
    }

    void writeTo(Markup html) {
        Axis axis = Axis.linear(
                label.unit(),
                groups.stream()
                        .flatMap(group -> group.bars().stream())
                        .mapToDouble(bar -> bar.spread().high())
                        .max()
                        .orElse(0));
        html.open("figure", "class", "bars").open("figcaption").element("b", label.title());
        html.text(" ").element("small", label.subtitle()).close().newLine();
        for (Group group : groups) {
            html.open("div", "class", "group").element("h4", group.title()).newLine();
            group.bars().forEach(bar -> write(html, axis, bar));
            if (!group.note().isEmpty()) {
                html.element("p", group.note(), "class", "note");
            }
            html.close().newLine();
        }
        writeMarks(html, axis);
        html.close().newLine();
    }

    private static void write(Markup html, Axis axis, Bar bar) {
        Spread spread = bar.spread();
        html.open("div", "class", "bar " + PeerLook.of(bar.peer()).css());
        html.element("span", bar.peer().toString(), "class", "who");
        html.open("svg", "width", "100%", "height", 20, "aria-hidden", "true");
        for (Axis.Tick tick : axis.ticks()) {
            String at = Numbers.percent(axis.at(tick.value()));
            html.empty("line", "class", "grid", "x1", at, "x2", at, "y1", 0, "y2", 20);
        }
        html.empty("rect", "class", "fill", "y", 4, "height", 12, "width", Numbers.percent(axis.at(spread.median())));
        writeWhisker(html, Numbers.percent(axis.at(spread.low())), Numbers.percent(axis.at(spread.high())));
        html.close().open("span", "class", "value").element("b", Numbers.compact(spread.median()));
        if (spread.low() < spread.high()) {
            html.text(" ").element("small", Numbers.compactRange(spread.low(), spread.high()));
        }
        html.close().close().newLine();
    }

    private static void writeWhisker(Markup html, String low, String high) {
        if (!low.equals(high)) {
            html.empty("line", "class", "whisker", "x1", low, "x2", high, "y1", 10, "y2", 10);
            html.empty("line", "class", "whisker", "x1", low, "x2", low, "y1", 7, "y2", 13);
            html.empty("line", "class", "whisker", "x1", high, "x2", high, "y1", 7, "y2", 13);
        }
    }

    private static void writeMarks(Markup html, Axis axis) {
        html.open("div", "class", "bar marks").open("span").close();
        html.open("svg", "width", "100%", "height", 18, "aria-hidden", "true");
        for (Axis.Tick tick : axis.ticks()) {
            html.element("text", tick.label(), "x", Numbers.percent(axis.at(tick.value())), "y", 13);
        }
        html.close().open("span").close().close().newLine();
    }
}
