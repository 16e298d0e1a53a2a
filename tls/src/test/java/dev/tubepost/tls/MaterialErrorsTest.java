package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import dev.tubepost.tls.testing.KeyKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in every format; and what is told of those that cannot be used: which file, why, what to do, and never a secret. */
final class MaterialErrorsTest {

    private static final Identity AUTHORITY = Certificates.authority("Test CA");
    private static final Identity OWN = Certificates.named("alice").issuedBy(AUTHORITY);
    private static final String CANARY = "canary-s3cret";
    private static final Secret PASSWORD = Secret.of(CANARY);
    private static final Secret WRONG = Secret.of("another-canary-s3cret");

    @TempDir
    Path directory;

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static void loads(TrustSource trust) throws TlsMaterialException {
        assertThat(TrustLoader.load(trust).getAcceptedIssuers()).contains(AUTHORITY.certificate());
    }

    private static void loads(KeySource key, Identity own) throws TlsMaterialException {
        var loaded = KeyLoader.load(key);
        assertThat(loaded.getPrivateKey("own")).isEqualTo(own.key());
        assertThat(loaded.getCertificateChain("own")).containsExactlyElementsOf(own.chain());
        assertThat(loaded.toString()).contains("***");
    }

    private static void fails(TrustSource trust, String... says) {
        fails(TlsOptions.builder().trust(trust).build(), says);
    }

    private static void fails(KeySource key, String... says) {
        fails(TlsOptions.builder().key(key).build(), says);
    }

    private static void fails(TlsOptions options, String... says) {
        var failure = catchThrowable(() -> new JsseProvider().contexts(options).current());
        assertThat(failure).isInstanceOf(TlsMaterialException.class).hasMessageContainingAll(says);
        var everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("s3cret");
    }

    private static KeySource text(String chain, String key, @Nullable Secret password) {
        return KeySource.pem(chain, Secret.of(key), password);
    }

    // Good ones.

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsCertificatesWithTextAroundThem(String lineEnd) throws Exception {
        var text = "Certificate:\n  Data: -- as openssl x509 -text prints it\n" + AUTHORITY.certificatesPem()
                + "# next\n" + OWN.certificatesPem() + "the end";
        var source = TrustSource.pem(file("ca.pem", text.replace("\n", lineEnd)));
        loads(source);
        assertThat(TrustLoader.load(source).getAcceptedIssuers()).hasSize(2);
        loads(TrustSource.pem(text));
    }

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "RSA_2048", "ED25519"})
    void readsKeysOfEachAlgorithm(KeyKind kind) throws Exception {
        var own = Certificates.named("alice").key(kind).issuedBy(AUTHORITY);
        loads(text(own.certificatesPem(), own.keyPem(), null), own);
        loads(text(own.certificatesPem(), own.encryptedKeyPem(CANARY), PASSWORD), own);
        loads(KeySource.pem(file("own.pem", own.keyPem() + own.certificatesPem()), null), own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void readsStores(String type) throws Exception {
        var trust = AUTHORITY.writeTrustStore(directory.resolve("trust"), type, CANARY);
        loads(type.equals("JKS") ? TrustSource.jks(trust, PASSWORD) : TrustSource.pkcs12(trust, PASSWORD));
        var keys = OWN.writeKeyStore(directory.resolve("keys"), type, CANARY, CANARY);
        loads(type.equals("JKS") ? KeySource.jks(keys, PASSWORD, null) : KeySource.pkcs12(keys, PASSWORD), OWN);
    }

    @Test
    void readsAStoreWhoseKeyHasItsOwnPassword() throws Exception {
        var keys = OWN.writeKeyStore(directory.resolve("keys"), "JKS", CANARY, "own-s3cret");
        loads(KeySource.jks(keys, PASSWORD, Secret.of("own-s3cret")), OWN);
        fails(KeySource.jks(keys, PASSWORD, null), keys.toString(), "does not open with the key password");
    }

    // Bad files.

    @Test
    void saysThatAFileIsMissing() {
        var missing = directory.resolve("missing.pem");
        fails(TrustSource.pem(missing), missing.toString(), "does not exist");
        fails(KeySource.pem(missing, null), missing.toString(), "does not exist");
        fails(TrustSource.pkcs12(missing, PASSWORD), missing.toString(), "does not exist");
    }

    @Test
    void saysThatAFileIsNone() {
        fails(TrustSource.pem(directory), directory.toString(), "cannot be read");
    }

    @Test
    void readsNoFileThatIsMuchTooLarge() throws Exception {
        var large = Files.write(directory.resolve("large.pem"), new byte[MaterialFile.MAX_BYTES + 1]);
        fails(TrustSource.pem(large), large.toString(), "more than 1048576 bytes");
    }

    // Bad PEM.

    @Test
    void saysThatThereIsNoCertificate() throws Exception {
        fails(TrustSource.pem(file("empty.pem", "")), "empty.pem", "has no certificate", "-----BEGIN CERTIFICATE-----");
        fails(TrustSource.pem(file("key.pem", OWN.keyPem())), "key.pem", "has no certificate");
    }

    @Test
    void saysThatPemIsCutOff() throws Exception {
        var whole = AUTHORITY.certificatesPem();
        fails(TrustSource.pem(file("half.pem", whole.substring(0, whole.length() / 2))), "half.pem", "is cut off");
        fails(TrustSource.pem(file("begin.pem", "-----BEGIN CERTIF")), "begin.pem", "broken line");
        fails(
                TrustSource.pem(file("two.pem", whole.substring(0, whole.length() / 2) + "\n" + whole)),
                "two.pem",
                "is cut off or mixed up");
        fails(TrustSource.pem(file("mixed.pem", whole.replace("END CERTIFICATE", "END PRIVATE KEY"))), "mixed up");
    }

    @Test
    void saysThatPemIsDamaged() {
        fails(TrustSource.pem("-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----"), "is not base64");
        fails(TrustSource.pem("-----BEGIN CERTIFICATE-----\na: b\n-----END CERTIFICATE-----"), "is not base64");
        fails(TrustSource.pem(Identity.pem("CERTIFICATE", new byte[] {1, 2, 3})), "certificate 1 cannot be decoded");
        fails(
                text(OWN.certificatesPem(), Identity.pem("PRIVATE KEY", new byte[] {1, 2, 3}), null),
                "key that is damaged");
        fails(
                text(OWN.certificatesPem(), Identity.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}), PASSWORD),
                "encrypted key cannot be decoded");
        fails(
                text(OWN.certificatesPem(), "-----BEGIN PRIVATE KEY-----\n*s3cret*\n-----END PRIVATE KEY-----", null),
                "PRIVATE KEY is not base64");
    }

    @Test
    void doesNotTellAKeyThatIsTakenForALabel() {
        for (String begin : new String[] {"-----BEGIN PRIVATE KEY----", "-----BEGIN "}) {
            String key = begin + "MIGH" + "s3cret".repeat(20) + "-----END PRIVATE KEY-----";
            fails(text(OWN.certificatesPem(), key, null), "-----BEGIN without -----");
        }
        String upper = "-----BEGIN " + "S3CRET".repeat(20) + "-----\n-----END X-----";
        fails(text(OWN.certificatesPem(), upper, null), "-----BEGIN without -----");
    }

    @Test
    void doesNotHashThePasswordForHours() {
        String few = new String(OWN.encryptedKey(CANARY, 0x10000), StandardCharsets.ISO_8859_1);
        String many = few.replace("\2\3\1\0\0", "\2\3\177\377\377");
        assertThat(many).isNotEqualTo(few);
        String pem = Identity.pem("ENCRYPTED PRIVATE KEY", many.getBytes(StandardCharsets.ISO_8859_1));
        fails(text(OWN.certificatesPem(), pem, PASSWORD), "8388607", "too many");
    }

    @Test
    void saysHowAnOlderKeyIsConverted() throws Exception {
        var rsa = Certificates.named("alice").key(KeyKind.RSA_2048).issuedBy(AUTHORITY);
        fails(text(rsa.certificatesPem(), rsa.oldKeyPem(), null), "as RSA PRIVATE KEY", "openssl pkcs8 -topk8 -in KEY");
        fails(text(OWN.certificatesPem(), OWN.oldKeyPem(), null), "as EC PRIVATE KEY", "openssl pkcs8 -topk8 -in KEY");
        var encrypted =
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        fails(text(rsa.certificatesPem(), encrypted, PASSWORD), "as RSA PRIVATE KEY", "openssl pkcs8");
        var ssh = Identity.pem("OPENSSH PRIVATE KEY", new byte[] {1});
        fails(text(rsa.certificatesPem(), ssh, null), "as OPENSSH PRIVATE KEY", "ssh-keygen");
    }

    @Test
    void saysHowManyKeysThereAre() {
        fails(
                text(OWN.certificatesPem(), OWN.certificatesPem(), null),
                "has no private key",
                "-----BEGIN PRIVATE KEY-----");
        fails(text(OWN.certificatesPem(), OWN.keyPem() + OWN.keyPem(), null), "has 2 private keys");
    }

    @Test
    void saysThatAPasswordIsMissingOrWrong() throws Exception {
        var key = file("key.pem", OWN.encryptedKeyPem(CANARY));
        var chain = file("chain.pem", OWN.certificatesPem());
        fails(KeySource.pem(chain, key, null), key.toString(), "no key password is given");
        fails(KeySource.pem(chain, key, WRONG), key.toString(), "does not open with the key password");
    }

    @Test
    void saysThatKeyAndCertificateAreNoPair() throws Exception {
        var other = Certificates.named("bob").issuedBy(AUTHORITY);
        var rsa = Certificates.named("carol").key(KeyKind.RSA_2048).issuedBy(AUTHORITY);
        var chain = file("chain.pem", OWN.certificatesPem());
        var key = file("key.pem", other.keyPem());
        fails(KeySource.pem(chain, key, null), chain.toString(), key.toString(), "does not belong", "CN=alice");
        fails(text(OWN.certificatesPem(), rsa.keyPem(), null), "does not belong");
    }

    // Bad stores.

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void saysWhatIsWrongWithAStore(String type) throws Exception {
        boolean jks = type.equals("JKS");
        var trust = AUTHORITY.writeTrustStore(directory.resolve("trust"), type, CANARY);
        var keys = OWN.writeKeyStore(directory.resolve("keys"), type, CANARY, CANARY);
        var empty = Identity.writeEmptyStore(directory.resolve("empty"), type, CANARY);
        var none = file("none", "this is no store");
        fails(jks ? TrustSource.jks(trust, WRONG) : TrustSource.pkcs12(trust, WRONG), trust.toString(), "password");
        fails(jks ? KeySource.jks(keys, WRONG, null) : KeySource.pkcs12(keys, WRONG), keys.toString(), "password");
        fails(
                jks ? TrustSource.jks(empty, PASSWORD) : TrustSource.pkcs12(empty, PASSWORD),
                "no trusted certificate",
                "keytool");
        fails(
                jks ? KeySource.jks(trust, PASSWORD, null) : KeySource.pkcs12(trust, PASSWORD),
                "no private key",
                "keytool");
        fails(jks ? TrustSource.jks(none, PASSWORD) : TrustSource.pkcs12(none, PASSWORD), "is damaged, or no " + type);
    }

    @Test
    void saysThatWithoutAPasswordNothingIsSeen() {
        var trust = AUTHORITY.writeTrustStore(directory.resolve("trust"), "PKCS12", CANARY);
        fails(TrustSource.pkcs12(trust, null), "without a password");
    }

    @Test
    void namesTheTextWhenThereIsNoFile() {
        assertThatThrownBy(() -> TrustLoader.load(TrustSource.pem("nothing")))
                .hasMessageContaining("the text with the trusted certificates");
    }
}
