package dev.tubepost.sasl;

import dev.tubepost.fuzz.Allocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A token file's text, which need be no JWT: it has an expiry, or none. <em>Static, without state.</em>
 *
 * <pre>
 *   input:   the text; or, if there is a 0 in it, header 0 claims, which are put into base64
 * </pre>
 */
public final class JwtFuzz {

    private static final int MOST_TIMES = 200;
    private static final int LEAST_BYTES = 4_096;

    private JwtFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int at = text.indexOf('\0');
        String token = at < 0 ? text : coded(text.substring(0, at)) + '.' + coded(text.substring(at + 1)) + ".c2ln";
        Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> read(token));
    }

    private static void read(String token) {
        Instant expiry = JoseToken.expiry(token);
        if (expiry != null) {
            long unused = expiry.toEpochMilli(); // as its users do
        }
    }

    private static String coded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static List<byte[]> seeds() {
        String header = "{\"alg\":\"RS256\",\"kid\":\"1\"}\0";
        return Stream.concat(
                        Stream.of(
                                        "{\"exp\":1700000000,\"sub\":\"a\",\"aud\":[\"b\"],\"iat\":1,\"nbf\":2}",
                                        "{\"exp\":9223372036854775807}",
                                        "{\"exp\":-9223372036854775808}",
                                        "{\"exp\":1e300}",
                                        "{\"exp\":\"1700000000\"}",
                                        "{\"exp\":null}",
                                        "{\"exp\":{\"exp\":1}}",
                                        "[".repeat(2_000),
                                        "{\"a\":".repeat(700))
                                .map(header::concat),
                        Stream.of(
                                "{\"alg\":\"none\"}\0{\"exp\":1}",
                                "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}\0{}",
                                "a.b.c.d.e",
                                "opaque",
                                "..",
                                "eyJhbGciOiJub25lIn0.eyJleHAiOjF9."))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
