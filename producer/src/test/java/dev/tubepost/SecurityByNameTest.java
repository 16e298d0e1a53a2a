package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.StoreType;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TokenSource;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security by kafka-clients' names, and secrets from the environment. */
final class SecurityByNameTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule";
    private static final String RETRIEVERS = "org.apache.kafka.common.security.oauthbearer.";

    // --- security.protocol
    // --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"PLAINTEXT, false, false", "SSL, true, false", "ssl, true, false", "Sasl_Ssl, true, true"})
    void theProtocolSaysWhatThereIs(String protocol, boolean tls, boolean sasl) {
        ClusterOptions options = options(Map.of(
                "security.protocol", protocol, "sasl.mechanism", "PLAIN", "saslUsername", "u", "saslPassword", "p"));

        assertThat(options.tls() != null).isEqualTo(tls);
        assertThat(options.sasl() != null).isEqualTo(sasl);
    }

    @Test
    void whatTheProtocolDoesNotAskForIsPassedOverWhateverItSays() {
        Map<String, String> nonsense = new HashMap<>();
        for (ConfigKey<?> key : SecurityTable.ALL) {
            nonsense.put(key.names().get(key.names().size() - 1), "no\nsense${x}");
        }
        nonsense.put("ssl.engine.factory.class", "com.example.Mine");
        nonsense.put("sasl.login.class", "com.example.Mine");
        nonsense.put("security.protocol", "PLAINTEXT");

        ClusterOptions options = options(nonsense);

        assertThat(options.tls()).isNull();
        assertThat(options.sasl()).isNull();
    }

    @Test
    void withTlsOnlyNothingOfSaslIsLookedAtAndTheOtherWayRound() {
        assertThat(options(Map.of("security.protocol", "SSL", "sasl.mechanism", "X", "sasl.jaas.config", "x"))
                        .tls())
                .isNotNull();
        assertThat(options(Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "ssl.truststore.type", "X",
                                "ssl.endpoint.identification.algorithm", "",
                                "sasl.mechanism", "SCRAM-SHA-256",
                                "sasl.username", "u",
                                "sasl.password", "p"))
                        .sasl())
                .isInstanceOf(SaslOptions.Scram.class);
    }

    @Test
    void securityWithoutAProtocolIsRefusedAndEachOptionNamed() {
        assertThat(problems(Map.of("ssl.key.password", "canary", "saslMechanism", "PLAIN")))
                .containsExactly("security.protocol is not given, and without it nothing is secured, whatever"
                        + " saslMechanism, ssl.key.password says: give SSL, SASL_SSL or SASL_PLAINTEXT; or PLAINTEXT, to"
                        + " have it passed over");
    }

    @Test
    void anUnknownProtocolIsOneProblem() {
        assertThat(problems(Map.of("security.protocol", "TLS", "ssl.key.password", "p")))
                .containsExactly("security.protocol = TLS: must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL");
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, SASL_PLAINTEXT",
        "OAUTHBEARER, sasl_plaintext",
    })
    void passwordsAndTokensAreNotSentInPlainTextUnlessAskedFor(String mechanism, String protocol) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "security.protocol", protocol,
                "sasl.mechanism", mechanism,
                "sasl.username", "u",
                "sasl.password", "p",
                "sasl.oauthbearer.token.endpoint.url", "file:///run/token"));

        assertThat(problems(given))
                .containsExactly("sasl.mechanism = " + mechanism
                        + ": sends a password or a token, which anybody on the way could read without TLS: give"
                        + " security.protocol = SASL_SSL, or allowCredentialsInPlaintext for a test");
        given.put("allowCredentialsInPlaintext", "true");
        assertThat(Objects.requireNonNull(options(given).sasl()).mechanism()).isEqualTo(mechanism);
    }

    @Test
    void everyOptionOfSecurityThatKafkaClientsHasIsKnownAndItsDefaultPasses() {
        Map<String, Object> defaults = new HashMap<>();
        ProducerConfig.configDef().configKeys().forEach((name, key) -> {
            if (name.startsWith("ssl.") || name.startsWith("sasl.") || name.startsWith("security.")) {
                defaults.put(name, key.defaultValue == null ? "" : key.defaultValue);
            }
        });
        defaults.put("security.protocol", "SASL_SSL");
        defaults.put("sasl.kerberos.service.name", "kafka");
        defaults.put("sasl.jaas.config", KERBEROS + " required useTicketCache=true;");
        defaults.values().removeIf(value -> value.equals("")); // as a user leaves it out

        ClusterOptions options = options(defaults);

        assertThat(defaults).hasSizeGreaterThan(25);
        assertThat(options.tls())
                .hasToString(
                        TlsOptions.builder().build().toString().replace("[TLSv1.3, TLSv1.2]", "[TLSv1.2, TLSv1.3]"));
        assertThat(options.sasl())
                .isEqualTo(SaslOptions.gssapi(
                        new GssapiOptions("kafka", new GssapiOptions.Login.TicketCache(null, null))));
    }

    @Test
    void emptyValuesOfKafkaClientsAreAsIfLeftOut() {
        Map<String, Object> empty = new HashMap<>();
        ProducerConfig.configDef().configKeys().keySet().forEach(name -> {
            if ((name.startsWith("ssl.") || name.startsWith("sasl.") || name.startsWith("security."))
                    && !name.endsWith("store.password")
                    && !name.equals("ssl.endpoint.identification.algorithm")) {
                empty.put(name, "");
            }
        });
        assertThat(options(empty).tls()).isNull();
        empty.put("security.protocol", "SSL");

        assertThat(options(empty).tls()).hasToString(TlsOptions.defaults().toString());
    }

    @Test
    void eachOptionHasOneNameInJavaAndKafkaClientsName() {
        assertThat(SecurityTable.ALL)
                .extracting(ConfigKey::names)
                .contains(
                        List.of("sslTruststoreLocation", "ssl.truststore.location"),
                        List.of("saslOauthbearerTokenEndpointUrl", "sasl.oauthbearer.token.endpoint.url"),
                        List.of("saslPassword", "sasl.password"));
        assertThat(SecurityTable.KEY_PASSWORD.variable()).isEqualTo("TUBEPOST_SSL_KEY_PASSWORD");
        assertThat(SecurityTable.CLIENT_SECRET.variable())
                .isEqualTo("TUBEPOST_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET");
    }

    @ParameterizedTest
    @CsvSource({
        "ssl.trustore.location, ssl.truststore.location",
        "sasl_password, sasl.password",
        "sasl.mechanisms, sasl.mechanism",
        "ssl.keystore.passwort, ssl.keystore.password"
    })
    void aMisspeltNameIsToldWithTheNearestOneAndWithoutItsValue(String name, String meant) {
        assertThat(problems(Map.of(name, "canary", "security.protocol", "PLAINTEXT")))
                .containsExactly(name + ": there is no such option; did you mean " + meant + "?");
    }

    // --- ssl.*
    // --------------------------------------------------------------------------------------------------------

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

    // --- sasl.*
    // -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"PLAIN, " + PLAIN, "SCRAM-SHA-256, " + SCRAM, "scram-sha-512, " + SCRAM})
    void nameAndPasswordComeByALoginModuleOrByThemselves(String mechanism, String module) throws Exception {
        String jaas = module + " required username=\"alice\" password=\"it's; \\\"secret\\\"\" serviceName=\"x\";";

        SaslOptions byModule = sasl(Map.of("sasl.mechanism", mechanism, "sasl.jaas.config", jaas));
        SaslOptions byThemselves = sasl(Map.of(
                "saslMechanism", mechanism, "saslUsername", "alice", "sasl.password", Secret.of("it's; \"secret\"")));
        SaslOptions byBoth = sasl(Map.of(
                "saslMechanism",
                mechanism,
                "sasl.jaas.config",
                jaas,
                "saslPassword",
                "it's; \"secret\"".toCharArray()));

        for (SaslOptions sasl : List.of(byModule, byThemselves, byBoth)) {
            assertThat(sasl.mechanism()).isEqualToIgnoringCase(mechanism);
            assertThat(credentials(sasl)).isEqualTo(new Credentials("alice", Secret.of("it's; \"secret\"")));
        }
    }

    @ParameterizedTest
    @MethodSource("kerberosLogins")
    void kerberosComesByItsLoginModule(String options, GssapiOptions.Login login) {
        assertThat(sasl(Map.of(
                        "sasl.kerberos.service.name",
                        "kafka",
                        "sasl.jaas.config",
                        KERBEROS + " required " + options + ";")))
                .isEqualTo(SaslOptions.gssapi(new GssapiOptions("kafka", login)));
    }

    static List<Object[]> kerberosLogins() {
        var keytab = new GssapiOptions.Login.Keytab("me@EXAMPLE.COM", Path.of("/k"));
        return List.of(
                new Object[] {"useKeyTab=true storeKey=true keyTab=\"/k\" principal=\"me@EXAMPLE.COM\"", keytab},
                new Object[] {
                    "useKeyTab=true keyTab=\"file:/k\" principal=\"me@EXAMPLE.COM\" useTicketCache=true", keytab
                },
                new Object[] {"useTicketCache=true", new GssapiOptions.Login.TicketCache(null, null)},
                new Object[] {
                    "useTicketCache=TRUE ticketCache=\"/c\" principal=p serviceName=kafka",
                    new GssapiOptions.Login.TicketCache("p", Path.of("/c"))
                },
                new Object[] {"useKeyTab=true keyTab=\"FILE:/k\" principal=\"me@EXAMPLE.COM\"", keytab},
                new Object[] {
                    "useTicketCache=true ticketCache=\"FILE:/c\"",
                    new GssapiOptions.Login.TicketCache(null, Path.of("/c"))
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.security.auth.module.JndiLoginModule",
                "com.sun.security.auth.module.LdapLoginModule",
                "com.sun.security.auth.module.KeyStoreLoginModule",
                "com.ibm.security.auth.module.Krb5LoginModule",
                "com.example.MineLoginModule",
                "PlainLoginModule",
                KERBEROS + "x"
            })
    void noOtherLoginModuleIsTakenWhateverTheMechanism(String module) {
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI")) {
            assertThat(
                            problems(
                                    Map.of(
                                            "security.protocol",
                                            "SASL_SSL",
                                            "sasl.mechanism",
                                            mechanism,
                                            "sasl.jaas.config",
                                            module
                                                    + " required user.provider.url=\"ldap://canary\" username=\"canary\" password=\"canary\";")))
                    .singleElement()
                    .asString()
                    .startsWith("sasl.jaas.config: the login module of " + mechanism + " must be ")
                    .doesNotContain("canary")
                    .doesNotContain("must be " + module + ";");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.mechanism=AWS_MSK_IAM | sasl.mechanism = AWS_MSK_IAM: must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI",
                "sasl.mechanism=PLAIN;sasl.username=u | saslPassword: is not given, and PLAIN needs it, here or in saslJaasConfig; the environment variable TUBEPOST_SASL_PASSWORD can have it, too",
                "sasl.mechanism=PLAIN;sasl.password=canary | saslUsername: is not given, and PLAIN needs it, here or in saslJaasConfig",
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=canary;saslPassword=canary2 | saslPassword: contradicts sasl.password, which is another name of the same option; give one of them",
                "sasl.mechanism=PLAIN;sasl.jaas.config=canary | sasl.jaas.config: must have at character 7 required, requisite, sufficient or optional; a whole one is",
                "sasl.mechanism=PLAIN;sasl.jaas.config=" + PLAIN
                        + " required username='u' password='canary' | sasl.jaas.config: must have at character 96 an option, or a semicolon",
                "sasl.mechanism=SCRAM-SHA-256;sasl.jaas.config=" + SCRAM
                        + " required username='u' password='canary' tokenauth=true! | sasl.jaas.config: tokenauth is not supported: delegation tokens",
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=canary;sasl.jaas.config=" + PLAIN
                        + " required username='u' password='canary2'! | sasl.password: contradicts sasl.jaas.config; give one of them",
                "sasl.jaas.config=" + KERBEROS
                        + " required useTicketCache=true! | saslKerberosServiceName: is not given, and GSSAPI (which counts when saslMechanism is not given) needs it",
                "sasl.kerberos.service.name=kafka | saslJaasConfig: is not given, and GSSAPI (which counts when saslMechanism is not given) needs it, as in "
                        + KERBEROS,
                "sasl.kerberos.service.name=kafka;sasl.jaas.config=" + KERBEROS
                        + " required useTicketCache=true serviceName=other! | sasl.kerberos.service.name = kafka: contradicts sasl.jaas.config; give one of them",
                "sasl.kerberos.service.name=kafka;sasl.jaas.config=" + KERBEROS
                        + " required principal=canary! | sasl.jaas.config: must have useTicketCache=true, or useKeyTab=true with keyTab and principal; nobody is asked",
                "sasl.kerberos.service.name=kafka;sasl.jaas.config=" + PLAIN
                        + " required! | sasl.jaas.config: the login module of GSSAPI (which counts when saslMechanism is not given) must be "
                        + KERBEROS,
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=p;sasl.login.class=a.B | sasl.login.class = a.B: classes are never loaded by name: give a TokenProvider",
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=p;sasl.login.callback.handler.class=a.B | sasl.login.callback.handler.class = a.B: classes are never loaded by name: give a TokenProvider",
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=p;sasl.client.callback.handler.class=a.B | sasl.client.callback.handler.class = a.B: classes are never loaded",
                "sasl.mechanism=PLAIN;sasl.username=u;sasl.password=${canary} | sasl.password: placeholders are never expanded; give the value itself, or the environment variable TUBEPOST_SASL_PASSWORD",
            })
    void saysWhatIsWrongAboutSasl(String given, String problem) {
        assertThat(problems(parsed("security.protocol=SASL_SSL;" + given)))
                .singleElement()
                .asString()
                .startsWith(problem)
                .doesNotContain("canary");
    }

    @Test
    void aPasswordObjectThatHidesItsTextIsRefusedInsteadOfSendingStars() {
        assertThat(problems(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.username",
                        "u",
                        "sasl.password",
                        new Password("canary"))))
                .contains("sasl.password: must be given as text, as a char[], or as a Secret");
    }

    // --- sasl.oauthbearer.*
    // -------------------------------------------------------------------------------------------

    @Test
    void aTokenComesForAClientsSecret() {
        OAuthOptions oauth = oauth(Map.of(
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret",
                "sasl.oauthbearer.scope", "kafka",
                "sasl.oauthbearer.header.urlencode", "true",
                "sasl.login.connect.timeout.ms", "2000",
                "sasl.login.read.timeout.ms", "7000",
                "sasl.login.callback.handler.class", RETRIEVERS + "OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.expected.audience", "any"));

        assertThat(oauth.tokenEndpoint()).hasToString("https://login.example.com/token");
        assertThat(oauth.grant()).isEqualTo(new OAuthGrant.ClientSecret("id", Secret.of("secret")));
        assertThat(oauth.scope()).isEqualTo("kafka");
        assertThat(oauth.encodesHeader()).isTrue();
        assertThat(oauth.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(oauth.tls()).isNull();
    }

    @Test
    void theLoginModuleHasWhatTheOptionsDoNotSay() {
        String jaas = OAUTH + " required clientId=\"theirs\" clientSecret=\"secret\" scope=\"s\""
                + " extension_logicalCluster=\"lkc-1\" extension_identityPoolId=\"pool\""
                + " ssl.truststore.location=\"/ca.pem\";";

        OAuthOptions oauth =
                oauth(Map.of("sasl.jaas.config", jaas, "sasl.oauthbearer.client.credentials.client.id", "ours"));

        assertThat(oauth.grant()).isEqualTo(new OAuthGrant.ClientSecret("ours", Secret.of("secret")));
        assertThat(oauth.scope()).isEqualTo("s");
        assertThat(oauth.extensions())
                .containsExactlyInAnyOrderEntriesOf(Map.of("logicalCluster", "lkc-1", "identityPoolId", "pool"));
        assertThat(Objects.requireNonNull(oauth.tls()).trust()).isEqualTo(TrustSource.pem(Path.of("/ca.pem")));
    }

    @Test
    void anAssertionIsSignedAsKafkaClientsDoesIt() {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sasl.oauthbearer.assertion.private.key.file", "/key.pem",
                "sasl.oauthbearer.assertion.private.key.passphrase", "pass",
                "sasl.oauthbearer.assertion.claim.iss", "issuer",
                "sasl.oauthbearer.assertion.claim.sub", "subject",
                "sasl.oauthbearer.assertion.claim.aud", "audience"));
        var assertion = new OAuthAssertion.Signed(
                Path.of("/key.pem"),
                Secret.of("pass"),
                "RS256",
                null,
                "issuer",
                "subject",
                "audience",
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                false,
                Map.of());

        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientAssertion("subject", assertion));
        given.put("sasl.oauthbearer.jwt.retriever.class", RETRIEVERS + "JwtBearerJwtRetriever");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.JwtBearer(assertion));
        given.put("sasl.oauthbearer.assertion.algorithm", "es256");
        given.put("sasl.oauthbearer.assertion.claim.exp.seconds", "60");
        given.put("sasl.oauthbearer.assertion.claim.nbf.seconds", "0");
        given.put("sasl.oauthbearer.assertion.claim.jti.include", "true");
        given.put("oauthKeyId", "kid");
        assertThat(((OAuthGrant.JwtBearer) oauth(given).grant()).assertion())
                .isEqualTo(new OAuthAssertion.Signed(
                        Path.of("/key.pem"),
                        Secret.of("pass"),
                        "ES256",
                        "kid",
                        "issuer",
                        "subject",
                        "audience",
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        true,
                        Map.of()));
    }

    @Test
    void oneAssertionGoesByEachGrantThatOursNames() {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sasl.oauthbearer.assertion.file", "/jwt",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));
        var file = new OAuthAssertion.File(Path.of("/jwt"));

        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientAssertion("id", file));
        given.put("oauthGrant", "jwtBearer");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.JwtBearer(file));
        given.put("oauthGrant", "clientSecret");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientSecret("id", Secret.of("secret")));
    }

    @Test
    void anAssertionFromAFileNeedsNoClientsIdAsForKafkaClients() {
        assertThat(oauth(Map.of("sasl.oauthbearer.assertion.file", "/jwt")).grant())
                .isEqualTo(new OAuthGrant.ClientAssertion(null, new OAuthAssertion.File(Path.of("/jwt"))));
    }

    @Test
    void forTheTokenEndpointNoSecretIsAskedForInTheEnvironment() {
        Map<String, Object> given = new HashMap<>(parsed("security.protocol=SASL_SSL;sasl.mechanism=OAUTHBEARER"
                + ";sasl.oauthbearer.token.endpoint.url=https://login.example.com/token"
                + ";sasl.oauthbearer.assertion.file=/jwt"));
        given.put("sasl.jaas.config", OAUTH + " required ssl.keystore.location=\"/canary\";");

        assertThat(problems(given))
                .containsExactly(
                        "sasl.jaas.config: ssl.keystore.password: is not given, and ssl.keystore.location needs it");
    }

    @Test
    void aTokenFileIsAnAddressOfAFile() {
        String jaas = OAUTH + " required extension_x=\"y\";";

        assertThat(sasl(Map.of(
                        "sasl.mechanism", "OAUTHBEARER",
                        "sasl.jaas.config", jaas,
                        "sasl.oauthbearer.token.endpoint.url", "file:///run/token")))
                .isEqualTo(new SaslOptions.OAuthBearer(new TokenSource.File(Path.of("/run/token"), Map.of("x", "y"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.scope=x                                           | sasl.scope: there is no such option",
                "sasl.oauthbearer.token.endpoint.url=                   | saslOauthbearerTokenEndpointUrl: is not given, and OAUTHBEARER needs it; or give a TokenProvider",
                "sasl.oauthbearer.token.endpoint.url=https://u:canary@x | sasl.oauthbearer.token.endpoint.url: must be an https address with a host, and without a user's name",
                "sasl.oauthbearer.token.endpoint.url=ht tp://u:canary@x | sasl.oauthbearer.token.endpoint.url: must be an address, as in",
                "sasl.oauthbearer.token.endpoint.url=http://x           | sasl.oauthbearer.token.endpoint.url = http://x: must be https; http is for this host only, and only with allowLoopbackHttp",
                "sasl.oauthbearer.token.endpoint.url=file:canary        | sasl.oauthbearer.token.endpoint.url: must be a whole path, as in file:///run/token",
                "sasl.oauthbearer.token.endpoint.url=file:///x;oauthGrant=jwtBearer | sasl.oauthbearer.token.endpoint.url: is a file with a token, of which nobody asks for a grant",
                "sasl.oauthbearer.jwt.retriever.class=a.B               | sasl.oauthbearer.jwt.retriever.class = a.B: must be DefaultJwtRetriever,",
                "sasl.oauthbearer.jwt.retriever.class=" + RETRIEVERS
                        + "FileJwtRetriever | sasl.oauthbearer.token.endpoint.url: must be a file",
                "sasl.oauthbearer.jwt.retriever.class=" + RETRIEVERS
                        + "ClientCredentialsJwtRetriever;oauthGrant=jwtBearer | oauthGrant = jwtBearer: contradicts sasl.oauthbearer.jwt.retriever.class",
                "sasl.oauthbearer.jwt.validator.class=a.B               | sasl.oauthbearer.jwt.validator.class = a.B: classes are never loaded by name",
                "sasl.login.callback.handler.class=" + RETRIEVERS
                        + "internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler | sasl.login.callback.handler.class = "
                        + RETRIEVERS,
                "sasl.oauthbearer.assertion.template.file=/x            | sasl.oauthbearer.assertion.template.file = /x: is not supported: give the key's id by oauthKeyId",
                "sasl.login.read.timeout.ms=0                           | sasl.login.read.timeout.ms = 0: must be more than 0",
                "sasl.oauthbearer.header.urlencode=canary?              | sasl.oauthbearer.header.urlencode = canary?: must be true or false",
                "oauthGrant=password                                    | oauthGrant = password: must be clientSecret, clientAssertion or jwtBearer",
                "sasl.jaas.config=" + OAUTH
                        + " required unsecuredLoginStringClaim_sub='canary'! | sasl.jaas.config: tokens that nobody has signed are not made here",
                "sasl.jaas.config=" + OAUTH
                        + " required extension_auth='canary'! | sasl.jaas.config: an extension has a name of letters",
                "sasl.jaas.config=" + OAUTH
                        + " required ssl.truststore.location=x ssl.truststore.type='canary'! | sasl.jaas.config: ssl.truststore.type: must be JKS, PKCS12 or PEM",
                "sasl.oauthbearer.assertion.claim.exp.seconds=86401;sasl.oauthbearer.assertion.claim.iss=i;sasl.oauthbearer.assertion.claim.sub=i;sasl.oauthbearer.assertion.claim.aud=i;sasl.oauthbearer.assertion.private.key.file=/k | sasl.oauthbearer.assertion.claim.exp.seconds = 86401: must be 0 to 86400",
                "sasl.oauthbearer.assertion.claim.iss=i;sasl.oauthbearer.assertion.claim.sub=i;sasl.oauthbearer.assertion.claim.aud=i | saslOauthbearerAssertionPrivateKeyFile: is not given, and an assertion that is signed here needs it",
            })
    void saysWhatIsWrongAboutOAuth(String given, String problem) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.com/token",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));
        all.putAll(parsed(given));

        assertThat(problems(all)).singleElement().asString().startsWith(problem);
        if (!given.contains("canary?")) {
            assertThat(problems(all).get(0)).doesNotContain("canary");
        }
    }

    @Test
    void aTokenEndpointOnThisHostMayGoWithoutTlsIfOneSaysSo() {
        Map<String, Object> loopback = new HashMap<>(Map.of(
                "sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:80/token",
                "allowLoopbackHttp", "true",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));

        assertThat(oauth(loopback).allowsLoopbackHttp()).isTrue();
    }

    // --- the environment
    // ----------------------------------------------------------------------------------------------

    @Test
    void secretsThatAreNeededComeFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of(
                "TUBEPOST_SASL_PASSWORD", "password\n",
                "TUBEPOST_SSL_TRUSTSTORE_PASSWORD", "trust",
                "TUBEPOST_SSL_KEYSTORE_PASSWORD", "store",
                "TUBEPOST_SSL_KEY_PASSWORD", "key");
        Map<String, Object> given = Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "saslUsername", "alice",
                "ssl.truststore.location", "/t.jks",
                "ssl.keystore.location", "/k.jks");

        ClusterOptions options = options(given, environment);

        assertThat(credentials(Objects.requireNonNull(options.sasl())))
                .isEqualTo(new Credentials("alice", Secret.of("password")));
        TlsOptions tls = Objects.requireNonNull(options.tls());
        assertThat(tls.trust()).isEqualTo(TrustSource.jks(Path.of("/t.jks"), Secret.of("trust")));
        assertThat(tls.key()).isEqualTo(KeySource.jks(Path.of("/k.jks"), Secret.of("store"), Secret.of("key")));
    }

    @Test
    void aLoginConfigurationAKeyAndAClientsSecretComeFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of(
                "TUBEPOST_SASL_JAAS_CONFIG", PLAIN + " required username=\"a\" password=\"p\";",
                "TUBEPOST_SSL_KEYSTORE_KEY", "KEY",
                "TUBEPOST_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET", "secret",
                "TUBEPOST_SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE", "pass");

        ClusterOptions plain = options(
                Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "ssl.keystore.certificate.chain", "CHAIN"),
                environment);
        assertThat(credentials(Objects.requireNonNull(plain.sasl()))).isEqualTo(new Credentials("a", Secret.of("p")));
        assertThat(Objects.requireNonNull(plain.tls()).key()).isEqualTo(KeySource.pem("CHAIN", Secret.of("KEY"), null));

        Map<String, Object> oauth = new HashMap<>(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", "https://x/",
                "sasl.oauthbearer.client.credentials.client.id", "id"));
        assertThat(grant(options(oauth, environment)))
                .isEqualTo(new OAuthGrant.ClientSecret("id", Secret.of("secret")));
        oauth.putAll(parsed("sasl.oauthbearer.assertion.claim.iss=i;sasl.oauthbearer.assertion.claim.sub=i;"
                + "sasl.oauthbearer.assertion.claim.aud=i;sasl.oauthbearer.assertion.private.key.file=/k"));
        var signed =
                (OAuthAssertion.Signed) ((OAuthGrant.ClientAssertion) grant(options(oauth, environment))).assertion();
        assertThat(signed.keyPassword()).isEqualTo(Secret.of("pass"));
    }

    @Test
    void whatWasGivenCountsBeforeTheEnvironmentAndWhatIsNotNeededIsNotRead() throws Exception {
        List<String> asked = new ArrayList<>();
        ClientConfig config = ClientConfig.from(
                Map.of(
                        "bootstrap.servers", "a:1",
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "saslUsername", "u",
                        "saslPassword", "given"),
                ProducerOptions.builder(),
                variable -> {
                    asked.add(variable);
                    return "canary";
                });

        assertThat(credentials(Objects.requireNonNull(config.clusterOptions().sasl())))
                .isEqualTo(new Credentials("u", Secret.of("given")));
        assertThat(asked).isEmpty();
        assertThat(ClientConfig.from(Map.of("bootstrap.servers", "a:1"), ProducerOptions.builder(), v -> "canary")
                        .clusterOptions()
                        .sasl())
                .isNull();
    }

    @Test
    void aBadValueOfTheEnvironmentIsToldByTheVariablesName() {
        Map<String, Object> given =
                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "bootstrap.servers", "a:1");

        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class, () -> options(given, Map.of("TUBEPOST_SASL_JAAS_CONFIG", "canary")));

        assertThat(thrown.problems())
                .singleElement()
                .asString()
                .startsWith("the environment variable TUBEPOST_SASL_JAAS_CONFIG: must have at character 7 ")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyVariableIsAsIfNotThere(String value) {
        Map<String, Object> given =
                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "saslUsername", "u");

        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class, () -> options(given, Map.of("TUBEPOST_SASL_PASSWORD", value)));

        assertThat(thrown).hasMessageContaining("saslPassword: is not given");
    }

    // --- nothing is told
    // ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("secrets")
    void noSecretIsEverRepeated(ConfigKey<?> key) {
        for (String protocol : List.of("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT", "none", "")) {
            for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "OAUTHBEARER", "GSSAPI", "none")) {
                for (String value : List.of(
                        "canary",
                        "${canary}",
                        "canary\0",
                        "can\"ary canary;",
                        "canary required canary=\"canary\";",
                        "http://canary:canary@canary",
                        "%canary")) {
                    Map<String, Object> given = new HashMap<>();
                    given.put("security.protocol", protocol);
                    given.put("sasl.mechanism", mechanism);
                    given.put("ssl.truststore.location", "/t");
                    given.put("ssl.keystore.location", "/k.pem");
                    given.put("ssl.truststore.certificates", "canary");
                    given.put("sasl.jaas.config", PLAIN + " required username=\"u\" password=\"canary!\";");
                    given.put(key.name(), value);
                    given.put(key.names().get(1), value + "2");
                    String told = told(given);
                    assertThat(told).doesNotContain("canary").doesNotContain("ary ");
                }
            }
        }
    }

    static List<ConfigKey<?>> secrets() {
        return SecurityTable.ALL.stream().filter(ConfigKey::secret).toList();
    }

    @Test
    void everyPasswordOfKafkaClientsIsASecret() {
        List<String> passwords = ProducerConfig.configDef().configKeys().values().stream()
                .filter(key -> key.type == org.apache.kafka.common.config.ConfigDef.Type.PASSWORD)
                .map(key -> key.name)
                .toList();

        assertThat(secrets().stream().map(key -> key.names().get(1)).toList()).containsAll(passwords);
        assertThat(passwords).hasSizeGreaterThan(8);
    }

    /** All that anybody is told: the problems, or what the options show of themselves. */
    private static String told(Map<String, Object> given) {
        try {
            ClusterOptions options = options(given);
            return options + " " + options.sasl();
        } catch (InvalidOptionsException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void allProblemsAreToldAtOnceOneOfEachKind() {
        assertThat(problems(Map.of(
                        "security.protocol", "SASL_SSL",
                        "ssl.truststore.type", "X",
                        "ssl.keystore.location", "/k.jks",
                        "sasl.mechanism", "PLAIN",
                        "sasl.username", "u",
                        "retries", "many",
                        "ioThreads", "0",
                        "ssl.provider", "X")))
                .hasSize(6);
    }

    @Test
    void readsAFileOfProperties() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", "a:1");
        properties.setProperty("security.protocol", "SASL_SSL");
        properties.setProperty("sasl.mechanism", "PLAIN");
        properties.setProperty("sasl.jaas.config", PLAIN + " required username=\"u\" password=\"p\";");

        assertThat(ClientConfig.from(properties).clusterOptions())
                .hasToString("ClusterOptions{bootstrapServers=a:1, tls=" + TlsOptions.defaults() + ", sasl=PLAIN}");
    }

    // --- shortcuts
    // ----------------------------------------------------------------------------------------------------

    private static Credentials credentials(SaslOptions sasl) throws Exception {
        return sasl instanceof SaslOptions.Plain plain
                ? plain.credentials().credentials()
                : ((SaslOptions.Scram) sasl).credentials().credentials();
    }

    private static OAuthGrant grant(ClusterOptions options) {
        return ((OAuthOptions) ((SaslOptions.OAuthBearer) Objects.requireNonNull(options.sasl())).tokens()).grant();
    }

    private static OAuthOptions oauth(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.com/token"));
        all.putAll(given);
        return (OAuthOptions) ((SaslOptions.OAuthBearer) sasl(all)).tokens();
    }

    private static SaslOptions sasl(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("security.protocol", "SASL_SSL");
        return Objects.requireNonNull(options(all).sasl());
    }

    private static TlsOptions tls(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("security.protocol", "SSL");
        return Objects.requireNonNull(options(all).tls());
    }

    private static ClusterOptions options(Map<String, ?> given) {
        return options(given, Map.of());
    }

    private static ClusterOptions options(Map<String, ?> given, Map<String, String> environment) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("bootstrap.servers", "a:1");
        return ClientConfig.from(all, ProducerOptions.builder(), environment::get)
                .clusterOptions();
    }

    private static List<String> problems(Map<String, ?> given) {
        return catchThrowableOfType(InvalidOptionsException.class, () -> options(given))
                .problems();
    }

    /** {@code name=value;name=value}; an exclamation mark at the end stands for a semicolon. */
    private static Map<String, Object> parsed(String given) {
        Map<String, Object> map = new HashMap<>();
        for (String option : given.split(";", -1)) {
            int equals = option.indexOf('=');
            String value = option.substring(equals + 1);
            map.put(option.substring(0, equals), value.endsWith("!") ? value.replace('!', ';') : value);
        }
        return map;
    }
}
