package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SCRAM, against Kafka's own other end. */
final class ScramAuthenticatorTest {

    private final ManualWorld world = new ManualWorld();

    static Stream<Arguments> credentials() {
        // Some that SASLprep would change, which Kafka does not: a feminine ordinal, a ligature, a soft hyphen, an
        // ideographic space, a bell.
        return Stream.of(
                        "alice-secret",
                        "p\u00e4\u00dfw\u00f6rt",
                        "\u00aa\ufb01\u00ad\u3000",
                        "a\u0007b",
                        "\ud83d\ude80 \u20ac",
                        "x")
                .flatMap(password -> Stream.of(SaslOptions.Scram.Hash.values())
                        .flatMap(hash -> Stream.of("alice", "a=b,c").map(user -> Arguments.of(hash, user, password))));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void kafkaAcceptsTheRightPassword(SaslOptions.Scram.Hash hash, String user, String password) throws Exception {
        var kafka = kafka(hash, user, password, 4096);
        talk(options(hash, user, password)).talkWith(kafka);
        assertThat(kafka.getAuthorizationID()).isEqualTo(user);
    }

    @Test
    void hashesThePasswordBesideTheEventLoop() throws Exception {
        talk(options(SaslOptions.Scram.Hash.SHA_256, "a", "b"))
                .talkWith(kafka(SaslOptions.Scram.Hash.SHA_256, "a", "b", 8192));
        assertThat(world.threads).containsExactly("side", "side");
    }

    @ParameterizedTest
    @EnumSource
    void kafkaRefusesTheWrongPassword(SaslOptions.Scram.Hash hash) throws Exception {
        var kafka = kafka(hash, "alice", "right", 4096);
        Talk talk = talk(options(hash, "alice", "wrong"));
        byte[] proof = talk.say(kafka.evaluateResponse(talk.say("")));
        assertThatThrownBy(() -> kafka.evaluateResponse(proof)).isInstanceOf(SaslException.class);
    }

    @Test
    void neverUsesANonceTwice() {
        SaslOptions options = options(SaslOptions.Scram.Hash.SHA_512, "a", "b");
        assertThat(talk(options).text(""))
                .startsWith("n,,n=a,r=")
                .isNotEqualTo(talk(options).text(""));
    }

    private Talk talk(SaslOptions options) {
        return new Talk(world, new Authenticators().authenticator(options, world));
    }

    private static SaslOptions options(SaslOptions.Scram.Hash hash, String user, String password) {
        return hash == SaslOptions.Scram.Hash.SHA_256
                ? SaslOptions.scramSha256(user, Secret.of(password))
                : SaslOptions.scramSha512(user, Secret.of(password));
    }

    private static ScramSaslServer kafka(SaslOptions.Scram.Hash hash, String user, String password, int iterations)
            throws Exception {
        ScramMechanism mechanism =
                hash == SaslOptions.Scram.Hash.SHA_256 ? ScramMechanism.SCRAM_SHA_256 : ScramMechanism.SCRAM_SHA_512;
        ScramCredential credential = new ScramFormatter(mechanism).generateCredential(password, iterations);
        return new ScramSaslServer(mechanism, new HashMap<>(), callbacks -> {
            String name = "";
            for (Callback callback : List.of(callbacks)) {
                if (callback instanceof NameCallback named) {
                    name = String.valueOf(named.getDefaultName());
                } else if (callback instanceof ScramCredentialCallback asked && name.equals(user)) {
                    asked.scramCredential(credential);
                }
            }
        });
    }
}
