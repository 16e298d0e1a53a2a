package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.ClientConfig;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.Realm;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.it.security.fixture.StockClient;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.SaslOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Kerberos, with a realm of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GssapiIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);

    private Realm realm;
    private SecuredKafka kafka;
    private Logins logins;
    private Path keytab;

    @BeforeAll
    void start(@TempDir Path directory) {
        realm = Realm.open(directory);
        keytab = realm.keytab(Realm.CLIENT);
        var ofBroker = realm.keytab(Realm.BROKER);
        kafka = SecuredKafka.start(directory, listener -> listener.gssapi(ofBroker, Realm.BROKER));
        logins = new Logins(kafka);
    }

    @AfterAll
    void stop() {
        kafka.close();
        realm.close();
    }

    private Login kerberos(String principal) {
        var jaas = "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true keyTab=\""
                + keytab + "\" principal=\"" + principal + "\";";
        return logins.sasl(
                Map.of("sasl.jaas.config", jaas, "sasl.kerberos.service.name", "kafka"),
                SaslOptions.gssapi(new GssapiOptions("kafka", new GssapiOptions.Login.Keytab(principal, keytab))));
    }

    @Test
    void theBrokerLetsApachesOwnProducerIn() throws Exception {
        var topic = kafka.newTopic();
        StockClient.send(kerberos(Realm.CLIENT), kafka.address(SecuredKafka.SASL_TLS), topic, "one");
        assertThat(kafka.values(topic)).containsExactly("one");
    }

    @Test
    void deliversWithAKeytab() throws Exception {
        var topic = kafka.newTopic();
        try (var sending = Sending.open(kafka, kerberos(Realm.CLIENT), topic, LONG)) {
            sending.deliver("one");
            sending.deliver("two");
        }
        assertThat(kafka.values(topic)).containsExactly("one", "two");
    }

    @Test
    void deliversWithTheNamesOfKafkaClients() throws Exception {
        var topic = kafka.newTopic();
        var names = kerberos(Realm.CLIENT).ourNames(kafka.address(SecuredKafka.SASL_TLS));
        try (var sending = Sending.open(ClientConfig.from(names).clusterOptions(), topic, LONG)) {
            sending.deliver("one");
        }
        assertThat(kafka.values(topic)).containsExactly("one");
    }

    @Test
    void tellsEachMessageAtOnceThatTheKeytabHasNoSuchKey() throws Exception {
        try (var sending = Sending.open(kafka, kerberos("mallory@" + Realm.NAME), kafka.newTopic(), LONG)) {
            var failure = sending.failure("never", SOON);
            assertThat(failure)
                    .isInstanceOf(AuthenticationFailedException.class)
                    .hasMessageContaining("GSSAPI")
                    .hasMessageContaining("mallory");
            assertThat(failure.maybeWritten()).isFalse();
        }
    }
}
