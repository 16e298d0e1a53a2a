package dev.tubepost.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tubepost.cli.Tally.Failure;
import dev.tubepost.cli.Tally.Latency;
import dev.tubepost.cli.Tally.PartitionOffsets;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A receipt for programs: one JSON object on one line. <em>Stateless.</em> Names are never changed, only added. */
final class ReceiptJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ReceiptJson() {}

    static String of(Receipt receipt, ExitCode exit) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("topic", receipt.topic());
            writeCounts(json, receipt.counts());
            writePartitions(json, receipt);
            writeTiming(json, receipt);
            writeFailures(json, receipt);
            writeEnding(json, receipt.ending());
            json.writeNumberField("exit_code", exit.code());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A StringWriter cannot fail", e);
        }
        return text.toString();
    }

    private static void writeCounts(JsonGenerator json, Receipt.Counts counts) throws IOException {
        writeCount(json, "read", counts.read());
        writeCount(json, "acknowledged", counts.acknowledged());
        writeCount(json, "sent_not_acknowledged", counts.onlySent());
        writeCount(json, "failed", counts.failed());
        writeCount(json, "maybe_written", counts.maybeWritten());
        if (counts.withoutOutcome() != 0) {
            json.writeNumberField("without_outcome", counts.withoutOutcome());
        }
    }

    private static void writeCount(JsonGenerator json, String name, Count count) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("messages", count.messages());
        json.writeNumberField("bytes", count.bytes());
        json.writeEndObject();
    }

    private static void writePartitions(JsonGenerator json, Receipt receipt) throws IOException {
        json.writeArrayFieldStart("partitions");
        for (PartitionOffsets each : receipt.partitions()) {
            json.writeStartObject();
            json.writeNumberField("partition", each.partition());
            json.writeNumberField("messages", each.messages());
            if (each.firstOffset() >= 0) {
                json.writeNumberField("first_offset", each.firstOffset());
                json.writeNumberField("last_offset", each.lastOffset());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTiming(JsonGenerator json, Receipt receipt) throws IOException {
        Receipt.Timing timing = receipt.timing();
        Count delivered = receipt.counts().delivered();
        json.writeNumberField("elapsed_ms", timing.elapsed().toMillis());
        json.writeNumberField("messages_per_second", Math.round(timing.perSecond(delivered.messages())));
        json.writeNumberField("bytes_per_second", Math.round(timing.perSecond(delivered.bytes())));
        json.writeNumberField("wire_bytes", timing.wireBytes());
        Latency latency = timing.latency();
        json.writeObjectFieldStart("latency_ms");
        json.writeNumberField("p50", latency.p50Micros() / 1000.0);
        json.writeNumberField("p99", latency.p99Micros() / 1000.0);
        json.writeNumberField("max", latency.maxMicros() / 1000.0);
        json.writeEndObject();
    }

    private static void writeFailures(JsonGenerator json, Receipt receipt) throws IOException {
        json.writeArrayFieldStart("errors");
        for (Failure each : receipt.failures()) {
            json.writeStartObject();
            json.writeStringField("error", each.error());
            json.writeNumberField("messages", each.messages());
            json.writeStringField("first_message", each.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEnding(JsonGenerator json, Receipt.Ending ending) throws IOException {
        json.writeBooleanField("interrupted", ending.interrupted());
        if (ending.inputProblem() != null) {
            json.writeStringField("input_problem", ending.inputProblem());
        }
        Receipt.ReadBack readBack = ending.readBack();
        if (readBack != null) {
            json.writeObjectFieldStart("read_back");
            json.writeNumberField("messages", readBack.messages());
            json.writeStringField("result", readBack.result().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
    }
}
