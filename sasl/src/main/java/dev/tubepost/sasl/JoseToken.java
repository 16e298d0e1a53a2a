package dev.tubepost.sasl;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Looks into a JWT that is not ours to check. <em>Stateless.</em> Touches the JOSE library. */
final class JoseToken {

    private JoseToken() {}

    /** Its claim {@code exp}; null if there is none, or it is no JWT, or an encrypted one. */
    static @Nullable Instant expiry(String token) {
        try {
            var claims = JWTParser.parse(token).getJWTClaimsSet();
            Date expiry = claims == null ? null : claims.getExpirationTime();
            return expiry == null ? null : expiry.toInstant();
        } catch (ParseException | RuntimeException e) { // another kind of token
            return null;
        }
    }
}
