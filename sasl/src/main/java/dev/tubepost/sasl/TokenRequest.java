package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what is sent to a token endpoint: a form, by one of the grants. <em>Stateless.</em> */
final class TokenRequest {

    private TokenRequest() {}

    /** Reads files and signs: on a thread that may block. */
    static HttpRequest of(OAuthOptions options, long nowMillis) throws AuthenticationException {
        var request = HttpRequest.newBuilder(options.tokenEndpoint())
                .timeout(options.timeout())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded");
        var form = new LinkedHashMap<String, String>();
        OAuthGrant grant = options.grant();
        if (grant instanceof OAuthGrant.ClientSecret client) { // RFC 6749 section 4.4
            form.put("grant_type", "client_credentials");
            request.header("Authorization", basic(client, options.encodesHeader()));
        } else if (grant instanceof OAuthGrant.ClientAssertion client) { // RFC 7523 section 2.2
            form.put("grant_type", "client_credentials");
            String id = client.clientId();
            if (id != null) {
                form.put("client_id", id);
            }
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", assertion(client.assertion(), nowMillis));
        } else if (grant instanceof OAuthGrant.JwtBearer bearer) { // RFC 7523 section 2.1
            form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            form.put("assertion", assertion(bearer.assertion(), nowMillis));
        }
        String scope = options.scope();
        if (scope != null) {
            form.put("scope", scope);
        }
        return request.POST(BodyPublishers.ofString(encoded(form))).build();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + '=' + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** RFC 7617; what stands in it is encoded before if the endpoint obeys RFC 6749 section 2.3.1. */
    private static String basic(OAuthGrant.ClientSecret client, boolean encodes) {
        String id = client.clientId();
        char[] secret = client.clientSecret().chars();
        String shown = new String(secret);
        Arrays.fill(secret, '\0');
        String both = encodes ? encoded(id) + ':' + encoded(shown) : id + ':' + shown;
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String assertion(OAuthAssertion assertion, long nowMillis) throws AuthenticationException {
        if (assertion instanceof OAuthAssertion.Signed signed) {
            return SignedAssertion.of(signed, nowMillis);
        }
        var file = ((OAuthAssertion.File) assertion).file();
        String text;
        try {
            text = SmallFile.text(file).strip();
        } catch (IOException e) {
            throw AuthenticationException.passing("assertion file " + file + ": " + SmallFile.reason(e), null);
        }
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw AuthenticationException.passing(
                    "assertion file " + file + ": must hold one JWT, without line breaks", null);
        }
        return text;
    }
}
