package dev.tubepost;

import static dev.tubepost.ByName.parsed;
import static dev.tubepost.ByName.problems;
import static dev.tubepost.ByName.tls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.StoreType;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS by kafka-clients' names. */
final class TlsByNameTest {

    @ParameterizedTest
    @CsvSource({
        "/t.jks, , JKS",
        "/t, , JKS",
        "/t.p12, , PKCS12",
        "/t.PFX, , PKCS12",
        "/t.p12, JKS, JKS",
        "/t.jks, pkcs12, PKCS12",
        "/t.pem, PKCS12, PKCS12"
    })
    void aStoreIsOfTheTypeGivenOrOfItsName(String location, @Nullable String type, StoreType expected) {
        Map<String, Object> given = new HashMap<>(Map.of("ssl.truststore.location", location));
        if (type != null) {
            given.put("ssl.truststore.type", type);
        }

        assertThat(tls(given).trust()).isEqualTo(new TrustSource.Store(Path.of(location), expected, null));
    }

    @Test
    void storesHaveTheirPasswordsAnEmptyOneToo() {
        TlsOptions tls = tls(Map.of(
                "ssl.truststore.location", "/t.jks",
                "ssl.truststore.password", "",
                "ssl.keystore.location", "/k.p12",
                "ssl.keystore.password", "store",
                "ssl.key.password", "key"));

        assertThat(tls.trust()).isEqualTo(TrustSource.jks(Path.of("/t.jks"), Secret.of("")));
        assertThat(tls.key())
                .isEqualTo(
                        new KeySource.Store(Path.of("/k.p12"), StoreType.PKCS12, Secret.of("store"), Secret.of("key")));
    }

    @Test
    void pemComesAsFilesOrAsText() {
        TlsOptions files = tls(Map.of(
                "ssl.truststore.location", "/ca",
                "ssl.truststore.type", "PEM",
                "ssl.keystore.location", "/client.pem",
                "ssl.key.password", "key"));
        TlsOptions texts = tls(Map.of(
                "ssl.truststore.certificates", "CA",
                "ssl.truststore.type", "PEM",
                "ssl.keystore.certificate.chain", "CHAIN",
                "ssl.keystore.key", "KEY",
                "ssl.key.password", "key"));

        assertThat(files.trust()).isEqualTo(TrustSource.pem(Path.of("/ca")));
        assertThat(files.key()).isEqualTo(KeySource.pem(Path.of("/client.pem"), Secret.of("key")));
        assertThat(texts.trust()).isEqualTo(TrustSource.pem("CA"));
        assertThat(texts.key()).isEqualTo(KeySource.pem("CHAIN", Secret.of("KEY"), Secret.of("key")));
    }

    @Test
    void versionsAndCipherSuitesAreListsAndOldVersionsArePassedOver() {
        TlsOptions tls = tls(Map.of(
                "ssl.enabled.protocols", "TLSv1.3, TLSv1.1,TLSv1",
                "ssl.cipher.suites", List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"),
                "ssl.protocol", "TLS",
                "ssl.endpoint.identification.algorithm", "HTTPS"));

        assertThat(tls.protocols()).containsExactly("TLSv1.3");
        assertThat(tls.cipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.endpoint.identification.algorithm=                                  | ssl.endpoint.identification.algorithm = (empty): must be https, or left out: the name in a broker's certificate is always checked",
                "ssl.endpoint.identification.algorithm=LDAPS                             | ssl.endpoint.identification.algorithm = LDAPS: must be https",
                "ssl.enabled.protocols=TLSv1.1                                           | ssl.enabled.protocols = TLSv1.1: must have TLSv1.3, TLSv1.2 or both; older versions are never spoken",
                "ssl.enabled.protocols=TLSv1.2,TLSv1.4                                   | ssl.enabled.protocols = TLSv1.2,TLSv1.4: must have TLSv1.3, TLSv1.2 or both",
                "ssl.truststore.type=BCFKS                                               | ssl.truststore.type = BCFKS: must be JKS, PKCS12 or PEM; for another kind of store, give TlsOptions.Builder.sslContext",
                "ssl.truststore.password=canary                                          | ssl.truststore.password: has no store to open: give sslTruststoreLocation",
                "ssl.keystore.password=canary                                            | ssl.keystore.password: has no store to open: give sslKeystoreLocation",
                "ssl.truststore.location=/t.pem;ssl.truststore.password=canary           | ssl.truststore.password: a PEM file with certificates has no password: leave it out",
                "ssl.keystore.location=/t.pem;ssl.keystore.password=canary               | ssl.keystore.password: a PEM file has none; give the key's password as sslKeyPassword",
                "ssl.keystore.location=/t.jks                                            | sslKeystorePassword: is not given, and ssl.keystore.location needs it; the environment variable TUBEPOST_SSL_KEYSTORE_PASSWORD can have it, too",
                "ssl.keystore.key=canary                                                 | sslKeystoreCertificateChain: is not given, and ssl.keystore.key needs it",
                "ssl.keystore.certificate.chain=canary                                   | sslKeystoreKey: is not given, and ssl.keystore.certificate.chain needs it; the environment variable TUBEPOST_SSL_KEYSTORE_KEY",
                "ssl.truststore.certificates=canary;ssl.truststore.type=JKS              | ssl.truststore.type = JKS: must be PEM, as ssl.truststore.certificates is given",
                "ssl.truststore.certificates=canary;ssl.truststore.location=/t           | ssl.truststore.location = /t: contradicts ssl.truststore.certificates, which is the PEM itself",
                "ssl.engine.factory.class=a.B                                            | ssl.engine.factory.class = a.B: classes and providers are never taken by name: give TlsOptions.Builder.sslContext in code",
                "ssl.provider=BCJSSE                                                     | ssl.provider = BCJSSE: classes and providers are never taken by name",
                "ssl.keymanager.algorithm=X                                              | ssl.keymanager.algorithm = X: classes and providers are never",
                "ssl.trustmanager.algorithm=X                                            | ssl.trustmanager.algorithm = X: classes and providers are never",
                "ssl.secure.random.implementation=X                                      | ssl.secure.random.implementation = X: classes and providers are never",
                "security.providers=a.B                                                  | security.providers = a.B: classes are never loaded by name: add the provider to the JDK",
                "ssl_config=canary                                                       | ssl_config: is given in code: ClusterOptions.Builder.tls",
                "ssl.protocol=SSLv3                                                      | ssl.protocol = SSLv3: must be TLS, TLSv1.3 or TLSv1.2",
                "ssl.truststore.location=${file:/etc/passwd}                             | ssl.truststore.location = ${file:/etc/passwd}: placeholders are never expanded",
                "ssl.truststore.location=${x};ssl.truststore.password=canary             | ssl.truststore.location = ${x}: placeholders are never expanded",
                "ssl.keystore.location=/k.jks;ssl.keystore.password=${canary}            | ssl.keystore.password: placeholders are never expanded; give the value itself, or the environment variable",
                "ssl.keystore.certificate.chain=canary;ssl.keystore.key=${canary}        | ssl.keystore.key: placeholders are never expanded",
                "ssl.keystore.key=${canary}                                              | ssl.keystore.key: placeholders are never expanded; give the value itself, or the environment variable TUBEPOST_SSL_KEYSTORE_KEY",
            })
    void saysWhatIsWrongAboutTls(String given, String problem) {
        assertThat(problems(parsed("security.protocol=SSL;" + given)))
                .singleElement()
                .asString()
                .startsWith(problem)
                .doesNotContain("canary");
    }
}
