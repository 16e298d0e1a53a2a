package dev.tubepost.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Reads what the command writes. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    @SuppressWarnings("unchecked") // an object's names are text
    static Map<String, Object> parse(String text) throws JsonProcessingException {
        return MAPPER.readValue(text, Map.class);
    }
}
