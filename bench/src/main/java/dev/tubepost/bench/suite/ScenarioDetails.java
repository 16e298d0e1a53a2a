package dev.tubepost.bench.suite;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured of a scenario, and the settings that the live clients told; closed until it is asked for. <em>Immutable.</em>
 *
 * @param comparison the scenario
 */
record ScenarioDetails(Comparison comparison) {

    /** Where a link to a scenario leads. */
    static String anchor(Scenario scenario) {
        return "scenario-" + scenario.name();
    }

    /** How often the clients had their turns. */
    static String pairs(Comparison comparison) {
        int runs =
                comparison.runs().values().stream().mapToInt(List::size).max().orElse(0);
        return runs == 1 ? "1 pair" : runs + " pairs";
    }

    void writeTo(Markup html) {
        Scenario scenario = comparison.scenario();
        html.open("details").open("summary").element("b", scenario.title()).text(" ");
        html.element("code", scenario.name()).text(" ");
        if (!comparison.problems().isEmpty()) {
            html.element("span", "no result", "class", "problem");
        }
        html.close().newLine();
        // Inside, so that a link opens it.
        html.open("div", "id", anchor(scenario), "class", "inside");
        html.element("p", description());
        for (String problem : comparison.problems()) {
            html.element("p", problem, "class", "problem");
        }
        writeMetrics(html);
        writeSettings(html);
        html.close().close().newLine();
    }

    private String description() {
        Scenario scenario = comparison.scenario();
        String options = new TreeMap<>(scenario.options())
                .entrySet().stream()
                        .map(option -> option.getKey() + " " + option.getValue())
                        .collect(Collectors.joining(", "));
        return "To " + (scenario.target() == Scenario.Target.KAFKA ? "a real " : "an ") + scenario.target() + ", "
                + pairs(comparison) + (options.isEmpty() ? "" : "; " + options) + ".";
    }

    private void writeMetrics(Markup html) {
        Set<String> metrics = new LinkedHashSet<>();
        comparison.peers().forEach(peer -> metrics.addAll(comparison.metrics(peer)));
        if (metrics.isEmpty()) {
            return;
        }
        html.open("div", "class", "wide").open("table", "class", "numbers").newLine();
        html.open("thead").open("tr").element("th", "median, lowest – highest", "scope", "col", "class", "corner");
        for (Peer peer : comparison.peers()) {
            writeHead(html, peer);
            if (peer != Peer.TUBEPOST) {
                html.element("th", "ratio", "scope", "col");
            }
        }
        html.close().close().newLine().open("tbody").newLine();
        metrics.forEach(metric -> writeMetric(html, metric));
        html.close().close().close().newLine();
    }

    private void writeMetric(Markup html, String metric) {
        MetricLabel label = MetricLabel.of(metric);
        html.open("tr").open("th", "scope", "row").text(label.title()).text(" ");
        html.element("small", label.unit()).close();
        for (Peer peer : comparison.peers()) {
            writeCell(html, "measured", comparison.spread(peer, metric), Numbers::exact);
            if (peer != Peer.TUBEPOST) {
                writeCell(html, "times", comparison.ratio(peer, metric), Numbers::ratio);
            }
        }
        html.close().newLine();
    }

    private static void writeHead(Markup html, Peer peer) {
        html.element(
                "th",
                peer.toString(),
                "scope",
                "col",
                "class",
                PeerLook.of(peer).css());
    }

    private static void writeCell(Markup html, String css, @Nullable Spread spread, DoubleFunction<String> text) {
        if (spread == null) {
            html.element("td", "–", "class", "none");
            return;
        }
        html.open("td", "class", css).element("span", text.apply(spread.median()));
        if (spread.low() < spread.high()) {
            html.text(" ").element("small", text.apply(spread.low()) + " – " + text.apply(spread.high()));
        }
        html.close();
    }

    private void writeSettings(Markup html) {
        Set<String> names = new TreeSet<>();
        comparison
                .peers()
                .forEach(peer -> names.addAll(comparison.settings(peer).keySet()));
        if (names.isEmpty()) {
            return;
        }
        html.open("div", "class", "wide").open("table", "class", "settings").newLine();
        html.open("thead").open("tr").element("th", "settings of the live clients", "scope", "col");
        for (Peer peer : comparison.peers()) {
            writeHead(html, peer);
        }
        html.close().close().newLine().open("tbody").newLine();
        for (String name : names) {
            html.open("tr").element("th", name, "scope", "row");
            for (Peer peer : comparison.peers()) {
                Map<String, String> settings = comparison.settings(peer);
                html.element("td", settings.getOrDefault(name, "–"));
            }
            html.close().newLine();
        }
        html.close().close().close().newLine();
    }
}
