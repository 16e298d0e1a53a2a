package dev.tubepost.sasl;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.OAuthAssertion;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Signs an assertion: a JWT that says who we are (RFC 7523 section 3). <em>Stateless.</em> Touches the JOSE library. */
final class SignedAssertion {

    private SignedAssertion() {}

    /** Reads the key, and signs: on a thread that may block. */
    static String of(OAuthAssertion.Signed options, long nowMillis) throws AuthenticationException {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(options.algorithm());
        boolean isRsa = JWSAlgorithm.Family.RSA.contains(algorithm);
        if (!isRsa && !JWSAlgorithm.Family.EC.contains(algorithm)) {
            throw AuthenticationException.lasting(
                    "algorithm = " + PeerText.of(options.algorithm())
                            + ": must be RS256, RS384, RS512, PS256, ES256 or ES384",
                    null);
        }
        PrivateKey key = PrivateKeyFile.read(options.privateKey(), options.keyPassword(), isRsa ? "RSA" : "EC");
        AssertionTemplate template = AssertionTemplate.read(options.template());
        var jwt = new SignedJWT(header(options, algorithm, template), claims(options, nowMillis, template));
        try {
            JWSSigner signer = key instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(key);
            jwt.sign(signer);
        } catch (JOSEException | IllegalArgumentException e) {
            throw AuthenticationException.lasting(
                    "the key " + options.privateKey() + " cannot sign with " + algorithm
                            + ": RSA needs 2048 bits or more, ES256 a key on P-256, ES384 one on P-384",
                    null);
        }
        return jwt.serialize();
    }

    private static JWSHeader header(OAuthAssertion.Signed options, JWSAlgorithm algorithm, AssertionTemplate template)
            throws AuthenticationException {
        Map<String, Object> header = new LinkedHashMap<>();
        if (options.keyId() != null) {
            header.put("kid", options.keyId());
        }
        header.putAll(template.header());
        header.put("alg", algorithm.getName());
        header.put("typ", JOSEObjectType.JWT.getType());
        try {
            return JWSHeader.parse(header);
        } catch (ParseException | IllegalArgumentException e) {
            throw AuthenticationException.lasting(
                    "the assertion's template " + options.template()
                            + " has a header that a JWT cannot have (RFC 7515 section 4)",
                    null);
        }
    }

    private static JWTClaimsSet claims(OAuthAssertion.Signed options, long nowMillis, AssertionTemplate template) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        var claims = new JWTClaimsSet.Builder();
        options.claims().forEach(claims::claim);
        claims.issuer(options.issuer()).subject(options.subject()).audience(options.audience());
        template.payload().forEach(claims::claim);
        claims.issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minus(options.backdate())))
                .expirationTime(Date.from(now.plus(options.lifetime())));
        if (options.hasId()) {
            claims.jwtID(UUID.randomUUID().toString()); // of a SecureRandom
        }
        return claims.build();
    }
}
