package dev.tubepost.security;

import org.jspecify.annotations.Nullable;

/** By which right a token endpoint gives a token. <em>Immutable.</em> */
public sealed interface OAuthGrant {

    /** Client credentials (RFC 6749 section 4.4), with a secret in the header of HTTP's basic authentication. */
    record ClientSecret(String clientId, Secret clientSecret) implements OAuthGrant {}

    /**
     * Client credentials, with an assertion instead of the secret: {@code private_key_jwt} (RFC 7523 section 2.2).
     *
     * @param clientId null: it is not sent, as the assertion's subject says it (RFC 7521 section 4.2)
     */
    record ClientAssertion(@Nullable String clientId, OAuthAssertion assertion) implements OAuthGrant {}

    /** An assertion is exchanged for a token: jwt-bearer (RFC 7523 section 2.1). */
    record JwtBearer(OAuthAssertion assertion) implements OAuthGrant {}
}
