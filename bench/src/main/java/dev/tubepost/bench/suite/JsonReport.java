package dev.tubepost.bench.suite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured, as JSON. For each scenario: {@code name}; for each client its medians by name, their {@code spread} (lowest and highest), and
 * every run; {@code throughput_ratio} and {@code cpu_ratio} (ours / kafka-clients), and all {@code ratios} to each client. A ratio is the median of the
 * pairs' ratios; there is none if any run had a problem. A number that is none, or infinite, is null. <em>Confined to one thread.</em>
 */
final class JsonReport {

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    static void write(SuiteResult result, Writer to) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(to)) {
            json.useDefaultPrettyPrinter();
            new JsonReport(json).write(result);
        }
    }

    private void write(SuiteResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("machine", result.machine());
        json.writeStringField("jvm", result.jvm());
        json.writeStringField("commit", result.commit());
        json.writeStringField("date", result.date());
        json.writeStringField("command", result.command());
        json.writeArrayFieldStart("scenarios");
        for (Comparison comparison : result.comparisons()) {
            write(comparison);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Comparison comparison) throws IOException {
        Scenario scenario = comparison.scenario();
        json.writeStartObject();
        json.writeStringField("name", scenario.name());
        json.writeStringField("title", scenario.title());
        json.writeStringField("target", scenario.target().toString());
        json.writeObjectFieldStart("options");
        for (Map.Entry<String, String> option : scenario.options().entrySet()) {
            json.writeStringField(option.getKey(), option.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("clients");
        for (Peer peer : comparison.peers()) {
            json.writeObjectFieldStart(peer.toString());
            writeClient(comparison, peer);
            json.writeEndObject();
        }
        json.writeEndObject();
        ratio("throughput_ratio", comparison.ratio(comparison.reference(), Comparison.THROUGHPUT));
        ratio("cpu_ratio", comparison.ratio(comparison.reference(), Comparison.CPU));
        writeRatios(comparison);
        json.writeArrayFieldStart("problems");
        for (String problem : comparison.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void ratio(String name, @Nullable Spread ratio) throws IOException {
        if (ratio != null) {
            number(name, ratio.median());
        }
    }

    private void writeClient(Comparison comparison, Peer peer) throws IOException {
        for (String metric : comparison.metrics(peer)) {
            Spread spread = comparison.spread(peer, metric);
            if (spread != null) {
                number(metric, spread.median());
            }
        }
        json.writeObjectFieldStart("spread");
        for (String metric : comparison.metrics(peer)) {
            writeSpread(metric, comparison.spread(peer, metric));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : comparison.settings(peer).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("runs");
        for (Run run : comparison.runs(peer)) {
            json.writeStartObject();
            for (Map.Entry<String, Double> metric : run.metrics().entrySet()) {
                number(metric.getKey(), metric.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRatios(Comparison comparison) throws IOException {
        json.writeObjectFieldStart("ratios");
        for (Peer peer : comparison.peers()) {
            if (peer == Peer.TUBEPOST) {
                continue;
            }
            json.writeObjectFieldStart(peer.toString());
            for (String metric : comparison.metrics(Peer.TUBEPOST)) {
                Spread ratio = comparison.ratio(peer, metric);
                if (ratio != null) {
                    json.writeObjectFieldStart(metric);
                    number("median", ratio.median());
                    number("low", ratio.low());
                    number("high", ratio.high());
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeSpread(String metric, @Nullable Spread spread) throws IOException {
        if (spread == null) {
            return;
        }
        json.writeArrayFieldStart(metric);
        number(spread.low());
        number(spread.high());
        json.writeEndArray();
    }

    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        number(value);
    }

    /** To a thousandth: more digits would only pretend. */
    private void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(Math.rint(value * 1000) / 1000);
        } else {
            json.writeNull();
        }
    }
}
