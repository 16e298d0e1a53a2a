package dev.tubepost.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of messages that failed: one JSON object on a line for each, with its error. <em>Thread-safe.</em>
 *
 * <p>Bytes that are UTF-8 are written as text ({@code key}, {@code value}), others in base 64 ({@code key_base64},
 * {@code value_base64}). An error while writing does not stop the run: it is told at the end.
 */
final class Rejects implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    // Guarded by this.
    private final OutputStream out;
    private @Nullable IOException problem;

    private Rejects(OutputStream out) {
        this.out = out;
    }

    /** Makes the file, or empties it. */
    static Rejects open(Path file) throws IOException {
        return new Rejects(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    /**
     * Where a refused line stands in the input. <em>Immutable.</em>
     *
     * @param number the line's number, from 1
     * @param bytes its length
     * @param truncated whether only its head was kept
     */
    record Line(long number, long bytes, boolean truncated) {}

    /**
     * A message that failed. <em>Immutable.</em>
     *
     * @param error the reason's name
     * @param text the reason in words
     * @param maybeWritten whether it may be in the topic all the same
     * @param partition the partition, or -1 if none was chosen
     * @param fields the message
     * @param line its place in the input if it was refused at once; later that is not known any more
     */
    record Reject(
            String error,
            String text,
            boolean maybeWritten,
            int partition,
            LineFormat.Fields fields,
            @Nullable Line line) {}

    synchronized void write(Reject reject) {
        if (problem != null) {
            return;
        }
        // Flush without passing it on: a generator flushes its target when it is closed, which would be one system call
        // a line.
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            writeReason(json, reject);
            writeField(json, "key", reject.fields().key());
            writeField(json, "value", reject.fields().value());
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            problem = e;
        }
    }

    private static void writeReason(JsonGenerator json, Reject reject) throws IOException {
        json.writeStringField("error", reject.error());
        json.writeStringField("message", reject.text());
        json.writeBooleanField("maybe_written", reject.maybeWritten());
        if (reject.partition() >= 0) {
            json.writeNumberField("partition", reject.partition());
        }
        Line line = reject.line();
        if (line != null) {
            json.writeNumberField("line", line.number());
            json.writeNumberField("bytes", line.bytes());
            if (line.truncated()) {
                json.writeBooleanField("truncated", true);
            }
        }
    }

    private static void writeField(JsonGenerator json, String name, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
            return;
        }
        String text = asText(bytes);
        if (text != null) {
            json.writeStringField(name, text);
        } else {
            json.writeBinaryField(name + "_base64", bytes);
        }
    }

    private static @Nullable String asText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** What went wrong while writing, or null. */
    synchronized @Nullable IOException problem() {
        return problem;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            if (problem == null) {
                problem = e;
            }
        }
    }
}
