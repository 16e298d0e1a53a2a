package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F98: brokers that do not play by the rules, or do not know the password. */
final class HostileScramTest {

    private static final String SALT = "QSXCR+Q6sek8bf92";

    private final ManualWorld world = new ManualWorld();
    private final Talk talk = new Talk(
            world, new Authenticators().authenticator(SaslOptions.scramSha256("user", Secret.of("canary")), world));
    private final String nonce = talk.nonce();

    static Stream<Arguments> firstMessages() {
        return Stream.of(
                bad("nothing", r -> "", "form"),
                bad("truncated", r -> "r=" + r + "x,s=" + SALT, "form"),
                bad("truncated in the number", r -> "r=" + r + "x,s=" + SALT + ",i=", "form"),
                bad("another's nonce", r -> "r=abcdefghijklmnop,s=" + SALT + ",i=4096", "nonce"),
                bad("our nonce, not extended", r -> "r=" + r + ",s=" + SALT + ",i=4096", "nonce"),
                bad("our nonce, cut", r -> "r=" + r.substring(1) + "x,s=" + SALT + ",i=4096", "nonce"),
                bad("4095 iterations", r -> "r=" + r + "x,s=" + SALT + ",i=4095", "4095"),
                bad("1 iteration", r -> "r=" + r + "x,s=" + SALT + ",i=1", "too few"),
                bad("no iterations", r -> "r=" + r + "x,s=" + SALT + ",i=0", "form"),
                bad("negative iterations", r -> "r=" + r + "x,s=" + SALT + ",i=-4096", "form"),
                bad("one more than the cap", r -> "r=" + r + "x,s=" + SALT + ",i=600001", "too many"),
                bad("2^31", r -> "r=" + r + "x,s=" + SALT + ",i=2147483648", "too many"),
                bad("2^32 + 4096", r -> "r=" + r + "x,s=" + SALT + ",i=4294971392", "too many"),
                bad("2^64 + 4096", r -> "r=" + r + "x,s=" + SALT + ",i=18446744073709555712", "form"),
                bad("a leading zero", r -> "r=" + r + "x,s=" + SALT + ",i=04096", "form"),
                bad("no salt", r -> "r=" + r + "x,s=,i=4096", "salt"),
                bad("a salt that is no base64", r -> "r=" + r + "x,s=A,i=4096", "salt"),
                bad("a salt of 1025 bytes", r -> "r=" + r + "x,s=" + base64(1025) + ",i=4096", "salt"),
                bad("two nonces", r -> "r=" + r + "x,r=" + r + "x,s=" + SALT + ",i=4096", "form"),
                bad("two salts", r -> "r=" + r + "x,s=" + SALT + ",s=" + SALT + ",i=4096", "form"),
                bad("two numbers", r -> "r=" + r + "x,s=" + SALT + ",i=4096,i=8192", "form"),
                bad("a mandatory extension", r -> "m=x,r=" + r + "x,s=" + SALT + ",i=4096", "form"),
                bad("an extension", r -> "r=" + r + "x,s=" + SALT + ",i=4096,x=y", "form"),
                bad("another order", r -> "s=" + SALT + ",r=" + r + "x,i=4096", "form"),
                bad("a line break", r -> "r=" + r + "x,s=" + SALT + ",i=4096\n", "form"),
                bad("an error", r -> "e=unknown-user", "form"),
                bad("64 KiB and a byte", r -> "r=" + r + "x".repeat(65_600) + ",s=" + SALT + ",i=4096", "bytes"));
    }

    private static Arguments bad(String what, UnaryOperator<String> message, String why) {
        return Arguments.of(what, message, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstMessages")
    void derivesNothingFromABadFirstMessage(String what, UnaryOperator<String> message, String why) {
        AuthenticationException failure = talk.fail(message.apply(nonce));
        assertThat(failure).hasMessageContaining(why).hasMessageStartingWith("SCRAM");
        assertThat(failure.getMessage()).hasSizeLessThan(300).matches("[ -~]+");
        assertThat(Talk.trace(failure)).doesNotContain("canary");
        assertThat(world.threads).containsExactly("side"); // the name; nothing was hashed
        assertThat(talk.fail("r=" + nonce + "x,s=" + SALT + ",i=4096")).hasMessageContaining("goes on");
    }

    @Test
    void takesAsMuchAsIsAllowed() {
        assertThat(talk.say("r=" + nonce + "x,s=" + base64(1024) + ",i=600000")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=",
                "v=AAAA",
                "v=!",
                "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
                "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "ok",
                "r=x,s=QSXCR+Q6sek8bf92,i=4096"
            })
    void aYesWithoutTheRightSignatureIsNone(String last) {
        talk.say("r=" + nonce + "x,s=" + SALT + ",i=4096");
        assertThat(talk.fail(last).isPassing()).isFalse();
        assertThat(talk.fail(last)).hasMessageContaining("goes on"); // and no second try
    }

    @Test
    void anErrorIsToldButNotTrusted() {
        talk.say("r=" + nonce + "x,s=" + SALT + ",i=4096");
        AuthenticationException failure = talk.fail("e=invalid-proof\n\u001b[31m" + "x".repeat(1000));
        assertThat(failure).hasMessageContaining("says invalid-proof??[31mxxx");
        assertThat(failure.getMessage()).hasSizeLessThan(350);
    }

    @Test
    void anOversizeLastMessageIsRefused() {
        talk.say("r=" + nonce + "x,s=" + SALT + ",i=4096");
        assertThat(talk.fail("v=" + "A".repeat(70_000))).hasMessageContaining("bytes");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
