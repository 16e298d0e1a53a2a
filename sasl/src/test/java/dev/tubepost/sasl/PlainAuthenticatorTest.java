package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.CredentialsProvider;
import dev.tubepost.security.CurrentCredentials;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;
import org.apache.kafka.common.security.plain.internals.PlainSaslServer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PLAIN, against Kafka's own other end. */
final class PlainAuthenticatorTest {

    private final ManualWorld world = new ManualWorld();

    @ParameterizedTest
    @CsvSource({"alice, alice-secret", "j\u00fcrgen, p\u00e4\u00dfwort \u20ac", "'a=b,c', 'x,y=z'"})
    void kafkaAcceptsTheRightPassword(String user, String password) throws Exception {
        var kafka = kafka(user, password);
        talk(SaslOptions.plain(user, Secret.of(password))).talkWith(kafka);
        assertThat(kafka.getAuthorizationID()).isEqualTo(user);
        assertThat(world.threads).containsExactly("side");
    }

    @Test
    void kafkaRefusesTheWrongPassword() {
        byte[] said = talk(SaslOptions.plain("alice", Secret.of("wrong"))).say("");
        Assertions.assertThatThrownBy(() -> kafka("alice", "right").evaluateResponse(said))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void askedForEachConnectionAnew() {
        var current = new CurrentCredentials(new Credentials("a", Secret.of("1")));
        var options = new SaslOptions.Plain(current);
        assertThat(talk(options).text("")).isEqualTo("\0a\0001");
        current.exchange(new Credentials("b", Secret.of("2")));
        assertThat(talk(options).text("")).isEqualTo("\0b\0002");
    }

    @ParameterizedTest
    @CsvSource({"'', x", "x, ''", "'a\0b', x", "x, 'canary\0canary'"})
    void refusesWhatTheMessageCannotCarry(String user, String password) {
        AuthenticationException failure =
                talk(SaslOptions.plain(user, Secret.of(password))).fail("");
        assertThat(failure.isPassing()).isFalse();
        assertThat(Talk.trace(failure)).doesNotContain("canary");
    }

    @Test
    void aProviderThatThrowsMayBeRightLater() {
        CredentialsProvider away = () -> {
            throw new java.io.IOException("the vault is sealed");
        };
        AuthenticationException failure = talk(new SaslOptions.Plain(away)).fail("");
        assertThat(failure.isPassing()).isTrue();
        assertThat(failure).hasMessageContaining("java.io.IOException").hasRootCauseMessage("the vault is sealed");
    }

    @Test
    void tellsNothingOnceItIsClosed() {
        Talk talk = talk(SaslOptions.plain("a", Secret.of("b")));
        var answered = new java.util.ArrayList<Object>();
        talk.conversation.respond(new byte[0], (bytes, thrown) -> answered.add(bytes == null ? "failed" : bytes));
        talk.conversation.close();
        world.run();
        assertThat(answered).isEmpty();
    }

    private Talk talk(SaslOptions options) {
        return new Talk(world, new Authenticators().authenticator(options, world));
    }

    private static PlainSaslServer kafka(String user, String password) {
        return new PlainSaslServer(callbacks -> {
            String name = "";
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback named) {
                    name = String.valueOf(named.getDefaultName());
                } else if (callback instanceof PlainAuthenticateCallback asked) {
                    byte[] given = new String(asked.password()).getBytes(StandardCharsets.UTF_8);
                    asked.authenticated(
                            name.equals(user) && Arrays.equals(given, password.getBytes(StandardCharsets.UTF_8)));
                }
            }
        });
    }
}
