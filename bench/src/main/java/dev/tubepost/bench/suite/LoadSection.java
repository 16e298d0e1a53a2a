package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Throughput and CPU of the scenarios in which clients send as much as they can; those alike in one chart. */
final class LoadSection {

    private LoadSection() {}

    static void write(Markup html, List<Comparison> comparisons) {
        Map<String, List<Comparison>> families = new LinkedHashMap<>();
        for (Comparison comparison : comparisons) {
            families.computeIfAbsent(family(comparison.scenario()), family -> new ArrayList<>())
                    .add(comparison);
        }
        families.forEach((family, members) -> {
            html.element("h3", family).newLine().open("div", "class", "panels").newLine();
            BarChart.of(Comparison.THROUGHPUT, members).writeTo(html);
            BarChart.of(Comparison.CPU, members).writeTo(html);
            html.close().newLine();
        });
    }

    /** What has nearly the same scale. */
    private static String family(Scenario scenario) {
        if (!scenario.options().getOrDefault("compression", "none").equals("none")) {
            return "Compressed";
        }
        return scenario.target() == Scenario.Target.KAFKA
                ? "To a real Kafka"
                : "Values of " + Numbers.exact(scenario.option("size", 100)) + " bytes";
    }
}
