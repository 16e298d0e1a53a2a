package dev.tubepost.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JWT that says who we are (RFC 7523 section 3). <em>Immutable.</em> */
public sealed interface OAuthAssertion {

    /** Made elsewhere: the file is read for each token. */
    record File(Path file) implements OAuthAssertion {}

    /**
     * Signed here, anew for each token.
     *
     * @param privateKey a file with the key in PEM (PKCS #8), which is read for each token
     * @param keyPassword the password of an encrypted key; null if it is not encrypted
     * @param algorithm how it is signed: RS256, RS384, RS512, PS256, ES256, ES384
     * @param keyId the header {@code kid}; null for none
     * @param issuer the claim {@code iss}; null if the template has it
     * @param subject the claim {@code sub}; null if the template has it
     * @param audience the claim {@code aud}; null if the template has it
     * @param lifetime from now to the claim {@code exp}; kafka-clients: 5 minutes
     * @param backdate from the claim {@code nbf} to now; kafka-clients: 1 minute
     * @param hasId whether there is a claim {@code jti}, which differs each time
     * @param claims further claims
     * @param template a file of JSON with further fields of the header and claims, which is read for each token:
     *     <code>{"header": {...}, "payload": {...}}</code>; null for none. It counts before the claims that are given here, but for those of time and id
     */
    record Signed(
            Path privateKey,
            @Nullable Secret keyPassword,
            String algorithm,
            @Nullable String keyId,
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String audience,
            Duration lifetime,
            Duration backdate,
            boolean hasId,
            Map<String, Object> claims,
            @Nullable Path template)
            implements OAuthAssertion {

        public Signed {
            claims = Map.copyOf(claims);
        }
    }
}
