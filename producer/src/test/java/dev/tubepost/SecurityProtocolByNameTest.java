package dev.tubepost;

import static dev.tubepost.ByName.KERBEROS;
import static dev.tubepost.ByName.PLAIN;
import static dev.tubepost.ByName.options;
import static dev.tubepost.ByName.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TlsOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code security.protocol} asks for, and by which names kafka-clients' options are known. */
final class SecurityProtocolByNameTest {

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
}
