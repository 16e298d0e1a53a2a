package dev.tubepost.sasl;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.Secret;
import dev.tubepost.security.Token;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token endpoint answers (RFC 6749 section 5). <em>Stateless.</em> Touches the JOSE library, for its JSON.
 *
 * <p>Nothing of a body is ever shown, since a body may hold a token, or a file that we were tricked into fetching (CVE-2025-27817): only an error's code, if it is
 * one of those known. Only such a refusal is lasting; all else may be a proxy's doing, and pass.
 */
final class TokenAnswer {

    /** RFC 6749 section 5.2, RFC 8707: what somebody must change first. */
    private static final Set<String> LASTING = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_target",
            "access_denied");

    private static final Set<String> PASSING = Set.of("server_error", "temporarily_unavailable");

    /** A longer life is cut to this. */
    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(365);

    private TokenAnswer() {}

    static Token of(HttpResponse<byte[]> response, long nowMillis) throws AuthenticationException {
        int status = response.statusCode();
        URI endpoint = response.request().uri();
        if (status / 100 == 3) {
            throw passing(
                    endpoint,
                    "redirects" + target(response) + ", which is not followed: set tokenEndpoint to where it is");
        }
        if (status != 200) {
            throw refused(endpoint, status, isJson(response) ? parsed(response) : null);
        }
        if (!isJson(response)) {
            throw passing(endpoint, "answers with something else than application/json: is it a token endpoint?");
        }
        Map<String, Object> fields = parsed(response);
        if (fields == null) {
            throw passing(endpoint, "answers with broken JSON");
        }
        return token(endpoint, fields, nowMillis);
    }

    private static Token token(URI endpoint, Map<String, Object> fields, long nowMillis)
            throws AuthenticationException {
        if (!(fields.get("token_type") instanceof String type) || !type.equalsIgnoreCase("Bearer")) {
            throw passing(endpoint, "gives a token that is not of token_type Bearer");
        }
        if (!(fields.get("access_token") instanceof String value) || value.isEmpty()) {
            throw passing(endpoint, "gives no access_token");
        }
        return Token.of(Secret.of(value), expiry(endpoint, fields.get("expires_in"), nowMillis));
    }

    /** Not required by the RFC; some send it as a text. */
    private static @Nullable Instant expiry(URI endpoint, @Nullable Object given, long nowMillis)
            throws AuthenticationException {
        if (given == null) {
            return null;
        }
        double seconds;
        try {
            seconds = given instanceof Number number ? number.doubleValue() : Double.parseDouble(given.toString());
        } catch (NumberFormatException e) {
            throw passing(endpoint, "gives an expires_in that is no number");
        }
        if (!(seconds > 0)) { // nor NaN
            throw passing(endpoint, "gives a token whose expires_in is not more than 0");
        }
        return Instant.ofEpochMilli(nowMillis).plusSeconds((long) Math.min(seconds, (double) MOST_SECONDS));
    }

    private static AuthenticationException refused(URI endpoint, int status, @Nullable Map<String, Object> fields) {
        String code = fields != null && fields.get("error") instanceof String error ? error : "";
        boolean isLasting = LASTING.contains(code) && status / 100 == 4;
        String shown = isLasting || PASSING.contains(code) || LASTING.contains(code) ? " (" + code + ")" : "";
        String message = text(endpoint, "refuses to give a token: HTTP " + status + shown + advice(code, status));
        return isLasting
                ? AuthenticationException.lasting(message, null)
                : AuthenticationException.passing(message, null);
    }

    private static String advice(String code, int status) {
        return switch (code) {
            case "invalid_client", "unauthorized_client" ->
                "; see the client's id, its secret or key, and what it may do";
            case "invalid_grant" -> "; see the assertion: its issuer, subject, audience, key and life";
            case "invalid_scope", "invalid_target" -> "; see scope";
            default -> status == 404 ? "; see the path of tokenEndpoint" : "";
        };
    }

    private static boolean isJson(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /** Null if it is no JSON; why would quote it. */
    private static @Nullable Map<String, Object> parsed(HttpResponse<byte[]> response) {
        try {
            return JSONObjectUtils.parse(new String(response.body(), StandardCharsets.UTF_8));
        } catch (ParseException | RuntimeException e) {
            return null;
        } catch (StackOverflowError e) { // 64 KiB of brackets: the library turns this into a ParseException, or not
            return null;
        }
    }

    private static String target(HttpResponse<byte[]> response) {
        String host =
                response.headers().firstValue("Location").map(TokenAnswer::host).orElse("");
        return host.isEmpty() ? "" : " to " + host;
    }

    /** The rest of an address may hold a secret. */
    private static String host(String location) {
        try {
            String host = URI.create(location).getHost();
            return host == null ? "" : PeerText.of(host);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static AuthenticationException passing(URI endpoint, String what) {
        return AuthenticationException.passing(text(endpoint, what), null);
    }

    private static String text(URI endpoint, String what) {
        return "the token endpoint " + endpoint.getAuthority() + ' ' + what;
    }
}
