package dev.tubepost;

import static dev.tubepost.ByName.PLAIN;
import static dev.tubepost.ByName.credentials;
import static dev.tubepost.ByName.grant;
import static dev.tubepost.ByName.options;
import static dev.tubepost.ByName.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come from the environment, too, and are repeated to nobody. */
final class SecretsByNameTest {

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
}
