package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.SaslOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a file that somebody else writes. */
final class TokenFileTest {

    private final ManualWorld world = new ManualWorld();

    @TempDir
    Path dir;

    @Test
    void isReadForEachAuthentication() throws Exception {
        Path file = dir.resolve("token");
        Files.writeString(file, "\n  one \n\n");
        assertThat(talk(file).text("")).isEqualTo("n,,\1auth=Bearer one\1\1");
        Files.writeString(file, "two");
        assertThat(talk(file).text("")).isEqualTo("n,,\1auth=Bearer two\1\1");
        assertThat(world.threads).containsExactly("remote", "remote");
    }

    @Test
    void aJwtThatHasExpiredIsNotSent() throws Exception {
        Path file = dir.resolve("token");
        Files.writeString(file, jwt(world.millis / 1000 - 1));
        AuthenticationException failure = talk(file).fail("");
        assertThat(failure).hasMessageContaining("expired at").hasMessageContaining(file.toString());
        assertThat(failure.isPassing()).isFalse();
        Files.writeString(file, jwt(world.millis / 1000 + 1));
        assertThat(talk(file).text("")).contains("Bearer ey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "canary\ncanary", "canary\0", "canary\tcanary"})
    void mustHoldOneToken(String content) throws Exception {
        Path file = dir.resolve("token");
        Files.writeString(file, content);
        AuthenticationException failure = talk(file).fail("");
        assertThat(failure.isPassing()).isTrue();
        assertThat(Talk.trace(failure)).contains(file.toString()).doesNotContain("canary");
    }

    @Test
    void mayBeMissingOrTooLargeForATime() throws Exception {
        Path file = dir.resolve("token");
        assertThat(talk(file).fail("")).hasMessageContaining("is not there");
        Files.writeString(file, "x".repeat(65_537));
        assertThat(talk(file).fail("")).hasMessageContaining("more than 65536 bytes");
        Files.writeString(file, "x".repeat(65_536));
        assertThat(talk(file).say("")).hasSizeGreaterThan(65_536);
    }

    private Talk talk(Path file) {
        return new Talk(world, new Authenticators().authenticator(SaslOptions.oauthBearer(file), world));
    }

    private static String jwt(long expirySeconds) {
        return encoded("{\"alg\":\"RS256\"}")
                + '.'
                + encoded("{\"exp\":" + expirySeconds + '}')
                + '.'
                + encoded("signature");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
