package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.callback.Callback;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerExtensionsValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslServer;
import org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredJws;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OAUTHBEARER, against Kafka's own other end. */
final class OAuthBearerAuthenticatorTest {

    private static final String JWT = encoded("{\"alg\":\"none\"}")
            + '.'
            + encoded("{\"sub\":\"alice\",\"iat\":1800000000,\"exp\":1800003600}")
            + '.';

    private final ManualWorld world = new ManualWorld();

    @Test
    void kafkaAcceptsATokenWithExtensions() throws Exception {
        var seen = new ArrayList<String>();
        var kafka = kafka(seen, null);
        talk(new Token(Secret.of(JWT), null, Map.of("logicalCluster", "lkc-1", "traceId", "a b=c")))
                .talkWith(kafka);
        assertThat(kafka.getAuthorizationID()).isEqualTo("alice");
        assertThat(seen).containsExactlyInAnyOrder("logicalCluster=lkc-1", "traceId=a b=c");
    }

    @Test
    void kafkasReasonIsAnsweredAndThenToldIfTheBrokerDoesNotFail() throws Exception {
        var kafka = kafka(new ArrayList<>(), "invalid_token");
        Talk talk = talk(Token.of(Secret.of(JWT), null));
        byte[] reason = kafka.evaluateResponse(talk.say(""));
        byte[] understood = talk.say(reason);
        assertThat(understood).containsExactly(1);
        assertThatThrownBy(() -> kafka.evaluateResponse(understood))
                .isInstanceOf(SaslAuthenticationException.class)
                .hasMessageContaining("invalid_token");
        assertThat(talk.fail("")).hasMessageContaining("{\"status\":\"invalid_token\"}");
    }

    @Test
    void aReasonIsEscapedAndCut() {
        Talk talk = talk(Token.of(Secret.of("abc"), null));
        talk.say("");
        talk.say("{\"status\":\"\u0007" + "x".repeat(100_000));
        AuthenticationException failure = talk.fail("");
        assertThat(failure).hasMessageContaining("{\"status\":\"?xxx");
        assertThat(failure.getMessage()).hasSizeLessThan(350);
        assertThat(failure.isPassing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary token", "canary\1auth=Bearer x", "canary\n", "can\u00e4ry", "canary,"})
    void refusesATokenThatWouldBeReadAsSomethingElse(String token) {
        AuthenticationException failure = talk(Token.of(Secret.of(token), null)).fail("");
        assertThat(failure).hasMessageContaining("RFC 6750");
        assertThat(Talk.trace(failure)).doesNotContain("canary").doesNotContain("can\u00e4ry");
    }

    @ParameterizedTest
    @CsvSource({"auth, x", "a1, x", "'', x", "a, ''", "a, 'x\1b=c'", "a, '\n'", "a, \u00e4"})
    void refusesExtensionsThatTheMessageCannotCarry(String name, String value) {
        AuthenticationException failure =
                talk(new Token(Secret.of("abc"), null, Map.of(name, value))).fail("");
        assertThat(failure).hasMessageContaining("SASL extension '" + name + "'");
    }

    private Talk talk(Token token) {
        var options = SaslOptions.oauthBearer(() -> CompletableFuture.completedFuture(token));
        return new Talk(world, new Authenticators().authenticator(options, world));
    }

    private static OAuthBearerSaslServer kafka(List<String> seen, @Nullable String refusal) {
        return new OAuthBearerSaslServer(new AuthenticateCallbackHandler() {
            @Override
            public void configure(
                    Map<String, ?> configs,
                    String mechanism,
                    List<javax.security.auth.login.AppConfigurationEntry> entries) {}

            @Override
            public void handle(Callback[] callbacks) {
                for (Callback callback : callbacks) {
                    if (callback instanceof OAuthBearerValidatorCallback asked) {
                        if (refusal == null) {
                            asked.token(new OAuthBearerUnsecuredJws(asked.tokenValue(), "sub", "scope"));
                        } else {
                            asked.error(refusal, null, null);
                        }
                    } else if (callback instanceof OAuthBearerExtensionsValidatorCallback asked) {
                        asked.inputExtensions().map().forEach((name, value) -> {
                            seen.add(name + '=' + value);
                            asked.valid(name);
                        });
                    }
                }
            }

            @Override
            public void close() {}
        });
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
