package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.OAuthAssertion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template does to an assertion that is signed here. */
final class AssertionTemplateTest {

    private static final long NOW_MILLIS = 1_700_000_000_000L;

    @TempDir
    private Path directory;

    private TestKey key;
    private Path template;

    @BeforeEach
    void makeKey() throws Exception {
        key = TestKey.create("EC", 256);
        template = directory.resolve("template.json");
        Files.writeString(directory.resolve("key.pem"), key.pem());
    }

    @Test
    void hasFieldsAndClaimsThatCountBeforeThoseThatAreGiven() throws Exception {
        Files.writeString(template, """
                {"header": {"kid": "theirs", "x5t#S256": "abc", "alg": "none", "of-us": 1},
                 "payload": {"iss": "from the file", "aud": ["a", "b"], "resource": "r", "exp": 1}}
                """);

        SignedJWT jwt = SignedJWT.parse(SignedAssertion.of(signed("given", template), NOW_MILLIS));

        assertThat(jwt.verify(new ECDSAVerifier((ECPublicKey) key.pair().getPublic())))
                .isTrue();
        assertThat(jwt.getHeader().toJSONObject())
                .containsEntry("kid", "theirs")
                .containsEntry("x5t#S256", "abc")
                .containsEntry("of-us", 1L)
                .containsEntry("alg", "ES256")
                .containsEntry("typ", "JWT");
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("from the file");
        assertThat(claims.getSubject()).isEqualTo("subject");
        assertThat(claims.getAudience()).containsExactly("a", "b");
        assertThat(claims.getStringClaim("resource")).isEqualTo("r");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(Instant.ofEpochMilli(NOW_MILLIS + 300_000));
    }

    @Test
    void mayHaveWhatIsNotGiven() throws Exception {
        Files.writeString(template, "{\"payload\": {\"iss\": \"me\"}}");

        var claims = SignedJWT.parse(SignedAssertion.of(signed(null, template), NOW_MILLIS))
                .getJWTClaimsSet();

        assertThat(claims.getIssuer()).isEqualTo("me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "[]",
                "{\"header\": \"canary\"}",
                "{\"payload\": [\"canary\"]}",
                "{\"header\": {\"kid\": {\"canary\": 1}}}",
                "{\"header\": {\"crit\": \"canary\"}}",
                "{\"header\": {\"jwk\": {\"kty\": \"canary\"}}}"
            })
    void thatIsNoneIsToldWithoutItsContent(String text) throws Exception {
        Files.writeString(template, text);

        assertThatThrownBy(() -> SignedAssertion.of(signed("issuer", template), NOW_MILLIS))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(template.toString())
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void thatIsNotThereIsTold() {
        assertThatThrownBy(() -> SignedAssertion.of(signed("issuer", template), NOW_MILLIS))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(template + " is not there");
    }

    private OAuthAssertion.Signed signed(@Nullable String issuer, Path templateFile) {
        return new OAuthAssertion.Signed(
                directory.resolve("key.pem"),
                null,
                "ES256",
                "ours",
                issuer,
                "subject",
                "audience",
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                false,
                Map.of(),
                templateFile);
    }
}
