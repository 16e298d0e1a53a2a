package dev.tubepost;

import static dev.tubepost.ByName.KERBEROS;
import static dev.tubepost.ByName.PLAIN;
import static dev.tubepost.ByName.SCRAM;
import static dev.tubepost.ByName.credentials;
import static dev.tubepost.ByName.parsed;
import static dev.tubepost.ByName.problems;
import static dev.tubepost.ByName.sasl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.security.Credentials;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PLAIN, SCRAM and Kerberos by kafka-clients' names. */
final class SaslByNameTest {

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
}
