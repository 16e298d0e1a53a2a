package dev.tubepost.sasl;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tubepost.internal.env.AuthenticationException;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider asks to find in an assertion besides what it must have: a file of JSON, as kafka-clients' {@code FileAssertionJwtTemplate} reads
 * it. <em>Immutable.</em> Touches the JOSE library.
 *
 * @param header fields of the JWT's header
 * @param payload its claims
 */
record AssertionTemplate(Map<String, Object> header, Map<String, Object> payload) {

    private static final AssertionTemplate NONE = new AssertionTemplate(Map.of(), Map.of());

    /** Reads it, if there is one: on a thread that may block. */
    static AssertionTemplate read(@Nullable Path file) throws AuthenticationException {
        if (file == null) {
            return NONE;
        }
        try {
            String text = SmallFile.text(file);
            if (!text.stripLeading().startsWith("{")) { // the library takes an array of pairs for an object
                throw new ParseException("no object", 0);
            }
            Map<String, Object> all = JSONObjectUtils.parse(text);
            return new AssertionTemplate(part(all, "header"), part(all, "payload"));
        } catch (IOException e) {
            throw AuthenticationException.lasting("the assertion's template " + file + " " + SmallFile.reason(e), null);
        } catch (ParseException | RuntimeException e) {
            throw AuthenticationException.lasting(
                    "the assertion's template " + file
                            + " must be JSON of this kind: {\"header\": {...}, \"payload\": {...}}",
                    null);
        }
    }

    private static Map<String, Object> part(Map<String, Object> all, String name) throws ParseException {
        return Objects.requireNonNullElse(JSONObjectUtils.getJSONObject(all, name), Map.of());
    }
}
