package dev.tubepost.security;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2 bearer token. <em>Immutable.</em>
 *
 * @param value what is sent to the broker (RFC 6750)
 * @param expiresAt until when it is good; null if that is not known: then it is asked for anew for each authentication
 * @param extensions SASL extensions (KIP-342): names of letters, values without control characters
 */
public record Token(Secret value, @Nullable Instant expiresAt, Map<String, String> extensions) {

    public Token {
        extensions = Map.copyOf(extensions);
    }

    /** A token without extensions. */
    public static Token of(Secret value, @Nullable Instant expiresAt) {
        return new Token(value, expiresAt, Map.of());
    }
}
