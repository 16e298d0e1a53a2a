package dev.tubepost.sasl;

import dev.tubepost.fuzz.Allocation;
import dev.tubepost.fuzz.Canary;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.Token;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What anything behind a token endpoint's address answers: a token with an expiry that can be, or {@link AuthenticationException} that tells nothing of the
 * body (F103). <em>Static, without state.</em>
 *
 * <pre>
 *   input:   status 0 Content-Type 0 Location 0 body
 * </pre>
 *
 * A {@code @} in the body stands for a secret; so do the parts of the location that are no host.
 */
public final class TokenAnswerFuzz {

    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("https://as.example/token")).build();
    private static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final long MOST_MILLIS = 365L * 24 * 3_600 * 1_000;
    private static final int MOST_TIMES = 200;
    private static final int LEAST_BYTES = 4_096;

    private TokenAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] parts =
                Canary.without(new String(input, StandardCharsets.UTF_8)).split("\0", 4);
        if (parts.length == 4) {
            Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> read(parts));
        }
    }

    private static void read(String[] parts) {
        String location = "https://" + Canary.SECRET + "@" + parts[2] + "/" + Canary.SECRET + "?" + Canary.SECRET;
        byte[] body = Canary.inserted(parts[3]).getBytes(StandardCharsets.UTF_8);
        try {
            Token token = TokenAnswer.of(new Answer(status(parts[0]), parts[1], location, body), NOW_MILLIS);
            Instant expiry = token.expiresAt();
            if (token.value().isEmpty()
                    || (expiry != null
                            && (expiry.toEpochMilli() < NOW_MILLIS
                                    || expiry.toEpochMilli() > NOW_MILLIS + MOST_MILLIS))) {
                throw new IllegalStateException("taken: expires " + expiry);
            }
            Canary.absent(token.toString());
        } catch (AuthenticationException e) {
            Canary.absent(e);
            if (String.valueOf(e.getMessage()).length() > 1_500) {
                throw new IllegalStateException("a long text", e);
            }
        }
    }

    private static int status(String text) {
        try {
            return Math.floorMod(Integer.parseInt(text), 1_000);
        } catch (NumberFormatException e) {
            return 200;
        }
    }

    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String body : List.of(
                "{\"access_token\":\"@\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
                "{\"access_token\":\"@\",\"token_type\":\"bearer\",\"expires_in\":\"3600\",\"scope\":null}",
                "{\"access_token\":\"@\",\"token_type\":\"bearer\",\"expires_in\":1e999}",
                "{\"access_token\":\"@\",\"token_type\":\"bearer\",\"expires_in\":\"NaN\"}",
                "{\"access_token\":\"@\",\"token_type\":\"bearer\",\"expires_in\":-1}",
                "{\"access_token\":[\"@\"],\"token_type\":\"bearer\"}",
                "{\"access_token\":\"\",\"token_type\":\"mac\",\"@\":\"@\"}",
                "{\"error\":\"invalid_client\",\"error_description\":\"@\"}",
                "{\"error\":\"@\"}",
                "@",
                "",
                "null",
                "[".repeat(2_000),
                "{\"a\":".repeat(700),
                "<html>@</html>")) {
            for (String head : List.of(
                    "200\0application/json\0x\0",
                    "400\0application/json;charset=utf-8\0x\0",
                    "302\0text/html\0other.example:99\0",
                    "503\0text/html\0\u202e\0")) {
                seeds.add((head + body).getBytes(StandardCharsets.UTF_8));
            }
        }
        return seeds;
    }

    /** An answer of any server. <em>Immutable.</em> */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int statusCode, String type, String location, byte[] body) implements HttpResponse<byte[]> {

        @Override
        public HttpRequest request() {
            return REQUEST;
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(
                    Map.of("Content-Type", List.of(type), "Location", List.of(location)), (name, value) -> true);
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return REQUEST.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
