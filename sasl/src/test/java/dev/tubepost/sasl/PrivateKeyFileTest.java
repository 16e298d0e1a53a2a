package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files: read, or refused with what to do. */
final class PrivateKeyFileTest {

    @TempDir
    Path dir;

    @Test
    void readsPlainAndEncryptedKeys() throws Exception {
        var key = TestKey.create("RSA", 2048);
        assertThat(PrivateKeyFile.read(file(key.pem()), null, "RSA"))
                .isEqualTo(key.pair().getPrivate());
        assertThat(PrivateKeyFile.read(file("text before\n" + key.encryptedPem("pw")), Secret.of("pw"), "RSA"))
                .isEqualTo(key.pair().getPrivate());
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        var key = TestKey.create("EC", 256);
        assertThat(failure(key.encryptedPem("right"), Secret.of("canary"), "EC"))
                .hasMessageContaining("does not open with the key password");
        assertThat(failure(key.encryptedPem("right"), null, "EC")).hasMessageContaining("no key password is given");
    }

    @Test
    @Timeout(60)
    void aFileCannotAskForHoursOfHashing() throws Exception {
        var parameters = AlgorithmParameters.getInstance("PBEWithMD5AndDES");
        parameters.init(new PBEParameterSpec(new byte[8], Integer.MAX_VALUE));
        byte[] der = new EncryptedPrivateKeyInfo(parameters, new byte[64]).getEncoded();
        assertThat(failure(TestKey.pem("ENCRYPTED PRIVATE KEY", der), Secret.of("canary"), "RSA"))
                .hasMessageContaining("asks to hash the key password 2147483647 times");
    }

    @Test
    void namesTheFormatThatIsNotReadAndHowToConvertIt() throws Exception {
        assertThat(failure(TestKey.pem("RSA PRIVATE KEY", new byte[100]), null, "RSA"))
                .hasMessageContaining("is a RSA PRIVATE KEY, and must be PKCS #8: openssl pkcs8");
        assertThat(failure(TestKey.pem("EC PRIVATE KEY", new byte[100]), null, "EC"))
                .hasMessageContaining("must be PKCS #8");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        assertThat(failure(TestKey.create("EC", 256).pem(), null, "RSA")).hasMessageContaining("holds no RSA key");
        assertThat(failure(TestKey.pem("PRIVATE KEY", new byte[100]), null, "EC"))
                .hasMessageContaining("holds no EC key");
    }

    @Test
    void aFileThatIsBeingWrittenMayBeRightLater() throws Exception {
        String pem = TestKey.create("EC", 256).pem();
        assertThat(failure(pem.substring(0, pem.length() - 10), null, "EC").isPassing())
                .isTrue();
        assertThat(failure("", null, "EC").isPassing()).isTrue();
        var missing = catchThrowableOfType(
                AuthenticationException.class, () -> PrivateKeyFile.read(dir.resolve("missing"), null, "EC"));
        assertThat(missing).hasMessageContaining("is not there");
        assertThat(missing.isPassing()).isTrue();
    }

    private AuthenticationException failure(String content, @Nullable Secret password, String kind) throws Exception {
        Path file = file(content);
        var failure =
                catchThrowableOfType(AuthenticationException.class, () -> PrivateKeyFile.read(file, password, kind));
        assertThat(Talk.trace(failure)).doesNotContain("canary").contains(file.toString());
        return failure;
    }

    private Path file(String content) throws Exception {
        Path file = Files.createTempFile(dir, "key", ".pem");
        Files.writeString(file, content);
        return file;
    }
}
