package dev.tubepost.bench.suite;

import dev.tubepost.bench.suite.Scenario.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The result as one HTML file that needs nothing else: no script, no network. It is XML too. <em>Confined to who makes it.</em>
 */
final class HtmlReport {

    private static final String STYLE = "report.css";

    private final SuiteResult result;
    private final Markup html = new Markup();

    private HtmlReport(SuiteResult result) {
        this.result = result;
    }

    static String of(SuiteResult result) {
        return new HtmlReport(result).page();
    }

    private String page() {
        html.verbatim("<!DOCTYPE html>\n");
        html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").newLine();
        writeHead();
        html.open("body").newLine().open("main").newLine();
        writeHeading();
        writeClients();
        writeSummary();
        writeCharts();
        section(
                "numbers",
                "All numbers",
                result.comparisons(),
                all -> all.forEach(comparison -> new ScenarioDetails(comparison).writeTo(html)));
        html.close().close().close();
        return html.toString();
    }

    private void writeHead() {
        html.open("head").newLine().empty("meta", "charset", "utf-8").newLine();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .newLine();
        html.empty("meta", "name", "color-scheme", "content", "light dark").newLine();
        html.element("title", "Tubepost benchmark, " + result.date()).newLine();
        html.open("style").newLine().verbatim(style()).close().newLine().close().newLine();
    }

    private void writeHeading() {
        html.open("header").element("h1", "Tubepost benchmark").newLine();
        html.element(
                        "p",
                        "Each client runs in a fresh JVM of its own, in turn, A B and then B A. A number is the median of"
                                + " the runs, with the lowest and the highest; a ratio is taken within each pair of runs,"
                                + " ours / theirs, and its median is shown.",
                        "class",
                        "method")
                .newLine();
        html.open("dl", "class", "facts");
        writeFact("Machine", "span", result.machine());
        writeFact("Java", "span", result.jvm());
        writeFact("Commit", "code", result.commit());
        writeFact("Date", "span", result.date());
        writeFact("Repeat", "code", result.command());
        html.close().close().newLine();
    }

    private void writeFact(String name, String element, String value) {
        html.element("dt", name).open("dd").element(element, value).close().newLine();
    }

    private void writeClients() {
        Set<Peer> peers = EnumSet.noneOf(Peer.class);
        result.comparisons().forEach(comparison -> peers.addAll(comparison.peers()));
        html.open("ul", "class", "clients");
        for (Peer peer : peers) {
            PeerLook look = PeerLook.of(peer);
            html.open("li", "class", look.css());
            html.open("svg", "width", 12, "height", 12, "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            html.empty("path", "class", "marker", "d", look.marker()).close();
            html.text(" ").element("span", peer.toString(), "class", "who");
            html.text(" ").element("small", look.description()).close().newLine();
        }
        html.close().newLine();
    }

    private void writeSummary() {
        section("summary", "Ratios, ours / theirs", result.comparisons(), comparisons -> {
            SummaryTable.of(comparisons).writeTo(html);
            html.element(
                    "p",
                    "Theirs is kafka-clients unless another is named. Small: the lowest and the highest pair. The tall line is 1,"
                            + " each mark twice or half. A colour says whose numbers were better in every pair;"
                            + " grey, that the pairs disagree.",
                    "class",
                    "note");
        });
    }

    private void writeCharts() {
        List<Comparison> series = PartitionSection.of(result.comparisons());
        List<Comparison> loads = of(Kind.LOAD).stream()
                .filter(comparison -> !PartitionSection.isOnlyHere(comparison, series))
                .toList();
        section("load", "Throughput and CPU", loads, members -> LoadSection.write(html, members));
        section("partitions", "Number of partitions", series, members -> PartitionSection.write(html, members));
        section("latency", "Latency", of(Kind.LATENCY), members -> LatencySection.write(html, members));
        List<Comparison> others = result.comparisons().stream()
                .filter(comparison -> !List.of(Kind.LOAD, Kind.LATENCY)
                        .contains(comparison.scenario().kind()))
                .toList();
        section("start", "Start and memory", others, members -> writeStartAndMemory());
    }

    private void writeStartAndMemory() {
        html.open("div", "class", "panels").newLine();
        writeBars("first_acknowledgement_ms", of(Kind.START));
        writeBars("held_bytes", of(Kind.OPEN));
        html.close().newLine();
    }

    private void writeBars(String metric, List<Comparison> comparisons) {
        if (!comparisons.isEmpty()) {
            BarChart.of(metric, comparisons).writeTo(html);
        }
    }

    private List<Comparison> of(Kind kind) {
        return result.comparisons().stream()
                .filter(comparison -> comparison.scenario().kind() == kind)
                .toList();
    }

    private void section(String id, String title, List<Comparison> members, Consumer<List<Comparison>> content) {
        if (!members.isEmpty()) {
            html.open("section", "id", id).element("h2", title).newLine();
            content.accept(members);
            html.close().newLine();
        }
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE + " is not beside " + HtmlReport.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
