package dev.tubepost.internal.config.secure;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.JwtRetriever;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By which right a token is asked for. <em>Stateless.</em> Our option {@code oauthGrant} says it; without it the class that kafka-clients would load to
 * fetch tokens, by its name; without that, as in kafka-clients, an assertion counts before a client's secret, and a file with one before one to sign.
 */
final class GrantByName {

    private static final int MOST_LIFETIME_SECONDS = 86_400;
    private static final int MOST_BACKDATE_SECONDS = 3_600;

    /** Where no template has them. */
    private static final List<ConfigKey<?>> CLAIMS =
            List.of(SecurityTable.ASSERTION_ISSUER, SecurityTable.ASSERTION_SUBJECT, SecurityTable.ASSERTION_AUDIENCE);

    private GrantByName() {}

    /** @param options of the login module */
    static @Nullable OAuthGrant read(Source source, Map<String, String> options) {
        String grant = grant(source);
        if (grant == null) {
            return null;
        }
        if (grant.equals("clientSecret")) {
            return clientSecret(source, options);
        }
        OAuthAssertion assertion = assertion(source);
        if (grant.equals("jwtBearer")) {
            return assertion == null ? null : new OAuthGrant.JwtBearer(assertion);
        }
        String id = clientId(source, options);
        if (id == null && assertion instanceof OAuthAssertion.Signed signed) {
            id = signed.subject(); // which is the client, by RFC 7523
        }
        return assertion == null ? null : new OAuthGrant.ClientAssertion(id, assertion);
    }

    private static @Nullable String grant(Source source) {
        String grant = source.get(SecurityTable.OAUTH_GRANT);
        JwtRetriever retriever = source.get(SecurityTable.JWT_RETRIEVER);
        if (grant == null) {
            if (retriever == JwtRetriever.JWT_BEARER) {
                return "jwtBearer";
            }
            boolean hasAssertion =
                    source.has(SecurityTable.ASSERTION_FILE) || source.has(SecurityTable.ASSERTION_ISSUER);
            return hasAssertion ? "clientAssertion" : "clientSecret";
        }
        boolean isBearer = grant.equals("jwtBearer");
        if (isBearer ? retriever == JwtRetriever.CLIENT_CREDENTIALS : retriever == JwtRetriever.JWT_BEARER) {
            source.config()
                    .refuse(
                            SecurityTable.OAUTH_GRANT,
                            "contradicts " + source.name(SecurityTable.JWT_RETRIEVER) + "; give one of them");
            return null;
        }
        return grant;
    }

    private static @Nullable OAuthGrant clientSecret(Source source, Map<String, String> options) {
        String id = clientId(source, options);
        String ofModule = options.get("clientSecret");
        Secret secret = source.given(SecurityTable.CLIENT_SECRET);
        if (secret == null && ofModule != null) {
            secret = Secret.of(ofModule);
        }
        if (secret == null) {
            secret = source.secret(SecurityTable.CLIENT_SECRET);
        }
        boolean mayBeInside = source.config().isUnreadable(SecurityTable.JAAS_CONFIG);
        if (id == null && !mayBeInside) {
            source.need(SecurityTable.CLIENT_ID, "the token endpoint asks for it");
        }
        if (secret == null && !mayBeInside) {
            source.need(SecurityTable.CLIENT_SECRET, "the token endpoint asks for it");
        }
        return id == null || secret == null ? null : new OAuthGrant.ClientSecret(id, secret);
    }

    private static @Nullable String clientId(Source source, Map<String, String> options) {
        String id = source.get(SecurityTable.CLIENT_ID);
        return id == null ? options.get("clientId") : id;
    }

    private static @Nullable OAuthAssertion assertion(Source source) {
        if (source.has(SecurityTable.ASSERTION_FILE)) {
            Path file = source.path(SecurityTable.ASSERTION_FILE);
            return file == null ? null : new OAuthAssertion.File(file);
        }
        Path key = source.path(SecurityTable.ASSERTION_KEY_FILE);
        boolean isWhole = isThere(source, SecurityTable.ASSERTION_KEY_FILE);
        for (ConfigKey<?> claim :
                source.has(SecurityTable.ASSERTION_TEMPLATE_FILE) ? List.<ConfigKey<?>>of() : CLAIMS) {
            isWhole &= isThere(source, claim);
        }
        Duration lifetime = seconds(source, SecurityTable.ASSERTION_LIFETIME_SECONDS, 300, MOST_LIFETIME_SECONDS);
        Duration backdate = seconds(source, SecurityTable.ASSERTION_BACKDATE_SECONDS, 60, MOST_BACKDATE_SECONDS);
        if (!isWhole || key == null || lifetime == null || backdate == null) {
            return null;
        }
        String algorithm = source.get(SecurityTable.ASSERTION_ALGORITHM);
        return new OAuthAssertion.Signed(
                key,
                source.secret(SecurityTable.ASSERTION_KEY_PASSPHRASE),
                algorithm == null ? "RS256" : algorithm,
                source.get(SecurityTable.ASSERTION_KEY_ID),
                source.get(SecurityTable.ASSERTION_ISSUER),
                source.get(SecurityTable.ASSERTION_SUBJECT),
                source.get(SecurityTable.ASSERTION_AUDIENCE),
                lifetime,
                backdate,
                source.isOn(SecurityTable.ASSERTION_HAS_ID),
                Map.of(),
                source.path(SecurityTable.ASSERTION_TEMPLATE_FILE));
    }

    private static boolean isThere(Source source, ConfigKey<?> needed) {
        if (!source.has(needed)) {
            source.need(needed, "an assertion that is signed here needs it");
        }
        return source.has(needed);
    }

    private static @Nullable Duration seconds(Source source, ConfigKey<Integer> key, int usual, int most) {
        Integer given = source.get(key);
        if (given == null) {
            return Duration.ofSeconds(usual);
        }
        if (given < 0 || given > most) {
            source.config().refuse(key, "must be 0 to " + most);
            return null;
        }
        return Duration.ofSeconds(given);
    }
}
