package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F103: token endpoints, good, broken and hostile, over real HTTP. */
@Timeout(60)
final class TokenEndpointTest {

    private static final String GOOD =
            "{\"access_token\":\"abc.def\",\"token_type\":\"bearer\",\"expires_in\":3600,\"scope\":\"x\"}";
    private static final OAuthGrant SECRET = new OAuthGrant.ClientSecret("cl:ient", Secret.of("canary+/="));

    private final EndpointServer server = new EndpointServer();

    @TempDir
    Path dir;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givesATokenAndItsExpiry() throws Exception {
        server.answer(200, "application/json;charset=UTF-8", GOOD);
        Token token = token(SECRET);
        assertThat(token.value().chars()).containsExactly("abc.def".toCharArray());
        assertThat(token.expiresAt())
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3601));
        assertThat(server.method).isEqualTo("POST");
        assertThat(server.body).isEqualTo("grant_type=client_credentials");
        assertThat(server.authorization).isEqualTo("Basic " + EndpointServer.base64("cl:ient:canary+/="));
    }

    @Test
    void encodesIdAndSecretIfToldTo() throws Exception {
        server.answer(200, "application/json", GOOD);
        server.token(server.options(SECRET).encodesHeader(true).scope("a b&c").build());
        assertThat(server.authorization).isEqualTo("Basic " + EndpointServer.base64("cl%3Aient:canary%2B%2F%3D"));
        assertThat(server.body).isEqualTo("grant_type=client_credentials&scope=a+b%26c");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, 2048, false",
        "RS384, 2048, true",
        "RS512, 2048, false",
        "PS256, 2048, true",
        "ES256, 256, true",
        "ES384, 384, false"
    })
    void signsAssertionsThatOthersCanVerify(String algorithm, int bits, boolean isEncrypted) throws Exception {
        server.answer(200, "application/json", GOOD);
        var key = TestKey.create(algorithm.startsWith("ES") ? "EC" : "RSA", bits);
        Path file = dir.resolve("key.pem");
        Files.writeString(file, isEncrypted ? key.encryptedPem("canary") : key.pem());
        token(new OAuthGrant.ClientAssertion("me", signed(file, isEncrypted ? Secret.of("canary") : null, algorithm)));
        Map<String, String> form = server.form();
        assertThat(form)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", "me")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var jwt = SignedJWT.parse(form.get("client_assertion"));
        assertThat(jwt.verify(
                        key.pair().getPublic() instanceof RSAPublicKey rsa
                                ? new RSASSAVerifier(rsa)
                                : new ECDSAVerifier((ECPublicKey) key.pair().getPublic())))
                .isTrue();
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("key-1");
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("issuer");
        assertThat(claims.getSubject()).isEqualTo("subject");
        assertThat(claims.getAudience()).containsExactly("audience");
        assertThat(claims.getStringClaim("tenant")).isEqualTo("t");
        assertThat(claims.getJWTID()).hasSizeGreaterThan(30);
        assertThat(seconds(claims, "exp") - seconds(claims, "iat")).isEqualTo(300);
        assertThat(seconds(claims, "iat") - seconds(claims, "nbf")).isEqualTo(60);
    }

    private static long seconds(JWTClaimsSet claims, String name) throws Exception {
        return claims.getDateClaim(name).toInstant().getEpochSecond();
    }

    @Test
    void exchangesAnAssertionFromAFile() throws Exception {
        server.answer(200, "application/json", GOOD);
        Path file = dir.resolve("assertion");
        Files.writeString(file, "head.claims.signature\n");
        token(new OAuthGrant.JwtBearer(new OAuthAssertion.File(file)));
        assertThat(server.form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsEntry("assertion", "head.claims.signature")
                .hasSize(2);
        assertThat(server.authorization).isNull();
    }

    @Test
    void anAssertionSaysByItselfWhoTheClientIs() throws Exception {
        server.answer(200, "application/json", GOOD);
        Path file = dir.resolve("assertion");
        Files.writeString(file, "head.claims.signature");
        token(new OAuthGrant.ClientAssertion(null, new OAuthAssertion.File(file)));
        assertThat(server.form())
                .containsEntry("client_assertion", "head.claims.signature")
                .doesNotContainKey("client_id");
    }

    @Test
    void followsNoRedirectAndNamesTheTargetsHostOnly() throws Exception {
        server.handle(exchange -> {
            exchange.getResponseHeaders().add("Location", "https://canary@evil.example/canary?canary");
            respond(exchange, 302, "canary");
        });
        AuthenticationException failure = failure();
        assertThat(failure).hasMessageContaining("redirects to evil.example, which is not followed");
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void hangsUpOnAGigabyte() throws Exception {
        var hungUp = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] canaries = "canary".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                for (long sent = 0; sent < 1L << 30; sent += canaries.length) {
                    body.write(canaries);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });
        assertThat(failure()).hasMessageContaining("more than 65536 bytes");
        hungUp.await();
    }

    @Test
    void givesUpOnAnEndpointThatHangs() throws Exception {
        var end = new CountDownLatch(1);
        server.handle(exchange -> awaitEnd(end));
        var options = server.options(SECRET).timeout(Duration.ofMillis(200)).build();
        assertThat(server.failure(options)).hasMessageContaining("has not answered in 200 ms");
        end.countDown();
    }

    @Test
    void givesUpOnABodyThatNeverEnds() throws Exception {
        var end = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd(end);
        });
        var options = server.options(SECRET).timeout(Duration.ofMillis(200)).build();
        assertThat(server.failure(options)).hasMessageContaining("has not answered in 200 ms");
        end.countDown();
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, false",
        "401, invalid_client, false",
        "403, unauthorized_client, false",
        "400, invalid_scope, false",
        "400, temporarily_unavailable, true",
        "503, server_error, true",
        "500, invalid_client, true"
    })
    void aRefusalLastsIfTheEndpointSaysSo(int status, String code, boolean isPassing) throws Exception {
        server.answer(status, "application/json", "{\"error\":\"" + code + "\",\"error_description\":\"canary\"}");
        AuthenticationException failure = failure(isPassing);
        assertThat(failure).hasMessageContaining("HTTP " + status + " (" + code + ")");
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "429", "500", "502", "503", "204", "201"})
    void anyOtherStatusMayPass(int status) throws Exception {
        server.answer(status, "application/json", status == 204 ? "" : "{\"error\":\"canary\"}");
        assertThat(failure()).hasMessageContaining("HTTP " + status);
    }

    @Test
    void aPageOfAProxyIsNoToken() throws Exception {
        server.answer(200, "text/html", "<html>canary</html>");
        assertThat(failure()).hasMessageContaining("something else than application/json");
        server.answer(401, "text/html", "{\"error\":\"invalid_client\"}");
        assertThat(failure()).hasMessageContaining("HTTP 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "{",
                "[]",
                "null",
                "\"canary\"",
                "{\"access_token\":\"canary\"",
                "{}",
                "{\"access_token\":\"canary\"}",
                "{\"access_token\":\"canary\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"canary\",\"token_type\":7}",
                "{\"token_type\":\"Bearer\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":null}",
                "{\"token_type\":\"Bearer\",\"access_token\":[\"canary\"]}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"canary\",\"expires_in\":0}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"canary\",\"expires_in\":-3600}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"canary\",\"expires_in\":\"canary\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"canary\",\"expires_in\":{}}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"canary\",\"expires_in\":\"NaN\"}"
            })
    void whatIsNoTokenIsRefused(String body) throws Exception {
        server.answer(200, "application/json", body);
        assertThat(failure()).hasMessageStartingWith("the token endpoint 127.0.0.1:");
    }

    @Test
    void deepJsonBreaksNothing() throws Exception {
        server.answer(200, "application/json", "{\"a\":" + "[".repeat(60_000));
        assertThat(failure()).hasMessageContaining("broken JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1e300", "99999999999999999999999999", "\"99999999999\""})
    void aHugeLifeIsCutToAYear(String seconds) throws Exception {
        server.answer(
                200,
                "application/json",
                "{\"token_type\":\"Bearer\",\"access_token\":\"abc\",\"expires_in\":" + seconds + "}");
        assertThat(token(SECRET).expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(364)), Instant.now().plus(Duration.ofDays(366)));
    }

    @Test
    void anEndpointNeedNotTellTheLife() throws Exception {
        server.answer(200, "application/json", "{\"token_type\":\"Bearer\",\"access_token\":\"abc\"}");
        assertThat(token(SECRET).expiresAt()).isNull();
    }

    @Test
    void anEndpointThatIsAwayMayComeBack() throws Exception {
        server.stop();
        assertThat(failure()).hasMessageContaining("cannot be reached");
    }

    @Test
    void speaksHttpsToWhomItTrustsOnly() throws Exception {
        var key = TestKey.create("EC", 256);
        try (var https = new EndpointServer(key.serverContext())) {
            https.answer(200, "application/json", GOOD);
            var trusting = OAuthOptions.builder(https.uri(), SECRET)
                    .tls(TlsOptions.builder().sslContext(key.clientContext()).build());
            assertThat(https.token(trusting.build()).value().chars()).hasSize(7);
            AuthenticationException failure =
                    https.failure(OAuthOptions.builder(https.uri(), SECRET).build());
            assertThat(failure).hasMessageContaining("cannot be trusted").hasMessageContaining("tls()");
            assertThat(failure.isPassing()).isTrue();
            var otherName = URI.create(https.uri().toString().replace("127.0.0.1", "localhost"));
            assertThat(https.failure(OAuthOptions.builder(otherName, SECRET)
                            .tls(TlsOptions.builder()
                                    .sslContext(key.clientContext())
                                    .build())
                            .build()))
                    .hasMessageContaining("cannot be trusted");
            assertThat(https.requests).hasValue(1);
        }
    }

    @Test
    void speaksTheVersionsAndCipherSuitesThatTheOptionsName() throws Exception {
        var key = TestKey.create("EC", 256);
        try (var https = new EndpointServer(key.serverContext())) {
            https.answer(200, "application/json", GOOD);
            var old = TlsOptions.builder().sslContext(key.clientContext()).protocols(List.of("TLSv1.2"));
            https.token(
                    OAuthOptions.builder(https.uri(), SECRET).tls(old.build()).build());
            assertThat(https.session).isNotNull().returns("TLSv1.2", SSLSession::getProtocol);

            var chosen = TlsOptions.builder()
                    .sslContext(key.clientContext())
                    .cipherSuites(List.of("TLS_CHACHA20_POLY1305_SHA256"));
            https.token(OAuthOptions.builder(https.uri(), SECRET)
                    .tls(chosen.build())
                    .build());
            assertThat(https.session)
                    .isNotNull()
                    .returns("TLSv1.3", SSLSession::getProtocol)
                    .returns("TLS_CHACHA20_POLY1305_SHA256", SSLSession::getCipherSuite);
        }
    }

    @Test
    void refusesCipherSuitesThatNobodyKnowsBeforeItAsks() throws Exception {
        var unknown = TlsOptions.builder().cipherSuites(List.of("TLS_NOBODY_KNOWS"));
        var given = TlsOptions.builder()
                .cipherSuites(List.of("TLS_NOBODY_KNOWS"))
                .sslContext(TestKey.create("EC", 256).clientContext());
        for (TlsOptions tls : List.of(unknown.build(), given.build())) {
            var options = OAuthOptions.builder(server.uri(), SECRET)
                    .allowsLoopbackHttp(true)
                    .tls(tls)
                    .build();
            assertThatThrownBy(() -> server.token(options))
                    .isInstanceOf(InvalidOptionsException.class)
                    .hasMessageContaining("this JDK knows no TLS_NOBODY_KNOWS");
        }
    }

    private OAuthAssertion signed(Path file, @Nullable Secret password, String algorithm) {
        return new OAuthAssertion.Signed(
                file,
                password,
                algorithm,
                "key-1",
                "issuer",
                "subject",
                "audience",
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                true,
                Map.of("tenant", "t"),
                null);
    }

    private Token token(OAuthGrant grant) throws Exception {
        return server.token(server.options(grant).build());
    }

    private AuthenticationException failure() throws Exception {
        return failure(true);
    }

    private AuthenticationException failure(boolean isPassing) throws Exception {
        AuthenticationException failure = server.failure(server.options(SECRET).build());
        assertThat(failure.isPassing()).isEqualTo(isPassing);
        return failure;
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void awaitEnd(CountDownLatch end) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
