package dev.tubepost.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values as one line of JSON: what a client's process tells who started it. <em>Stateless.</em> */
public final class Json {

    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    /** An object of numbers and strings; a number that is none, or infinite, is null. */
    public static String line(Map<String, ?> values) {
        var line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> entry : values.entrySet()) {
                json.writeFieldName(entry.getKey());
                if (entry.getValue() instanceof Double number && !Double.isFinite(number)) {
                    json.writeNull();
                } else if (entry.getValue() instanceof Number number) {
                    json.writeNumber(number.toString());
                } else {
                    json.writeString(String.valueOf(entry.getValue()));
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** What {@link #line} wrote, with every value as text; null is left out. */
    public static Map<String, String> parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            for (JsonToken token = json.nextToken(); token == JsonToken.FIELD_NAME; token = json.nextToken()) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_NULL) {
                    values.put(name, json.getText());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a line of JSON: " + line, e);
        }
        return values;
    }
}
