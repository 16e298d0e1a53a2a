package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClientConfig;
import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.StockClient;
import dev.tubepost.serialize.Serializers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mechanism gets messages in: said with our options, and with the names of kafka-clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MechanismsIT {

    private static final List<String> VALUES = List.of("one", "two", "three");

    private SecuredKafka kafka;
    private Logins logins;

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = SecuredKafka.start(directory);
        logins = new Logins(kafka);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    List<Login> logins() {
        return logins.all();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void theBrokerLetsApachesOwnProducerIn(Login login) throws Exception {
        var topic = kafka.newTopic();
        StockClient.send(login, kafka.address(login.listener()), topic, "one");
        assertThat(kafka.values(topic)).containsExactly("one");
    }

    @ParameterizedTest
    @MethodSource("logins")
    void deliversWithOptions(Login login) throws Exception {
        deliver(login.options()
                .apply(ClusterOptions.builder(kafka.address(login.listener())))
                .build());
    }

    @ParameterizedTest
    @MethodSource("logins")
    void deliversWithTheNamesOfKafkaClients(Login login) throws Exception {
        deliver(ClientConfig.from(login.ourNames(kafka.address(login.listener())))
                .clusterOptions());
    }

    @Test
    void deliversWithTokensOfTheUsersCode() throws Exception {
        var login = logins.tokenProvider(Duration.ofHours(1));
        deliver(login.options()
                .apply(ClusterOptions.builder(kafka.address(login.listener())))
                .build());
    }

    @Test
    void deliversWithScramInPlainText() throws Exception {
        var login = logins.scram256(SecuredKafka.USER, SecuredKafka.PASSWORD);
        deliver(login.options()
                .apply(ClusterOptions.builder(kafka.address(SecuredKafka.SASL_PLAIN)))
                .tls(null)
                .build());
    }

    @Test
    void asksForOneTokenForAllConnections() throws Exception {
        int before = kafka.tokens().requests();
        var login = logins.clientSecret(SecuredKafka.CLIENT_SECRET);
        deliver(login.options()
                .apply(ClusterOptions.builder(kafka.address(login.listener())))
                .build());
        assertThat(kafka.tokens().requests() - before).isEqualTo(1);
        assertThat(kafka.tokens().grants()).containsKey("secret");
    }

    private void deliver(ClusterOptions options) throws Exception {
        var topic = kafka.newTopic();
        try (var cluster = Cluster.connect(options);
                var producer =
                        cluster.topic(topic).producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            for (var value : VALUES) {
                assertThat(producer.produce(value)
                                .delivered()
                                .get(20, TimeUnit.SECONDS)
                                .offset())
                        .isNotNegative();
            }
        }
        assertThat(kafka.values(topic)).isEqualTo(VALUES);
    }

    @Test
    void eachRightGetsATokenAtTheEndpoint() throws Exception {
        var rights = Map.of(
                "secret",
                logins.clientSecret(SecuredKafka.CLIENT_SECRET),
                "private_key_jwt",
                logins.privateKeyJwt(),
                "jwt-bearer",
                logins.jwtBearer());
        for (var right : rights.entrySet()) {
            int before = kafka.tokens().grants().getOrDefault(right.getKey(), 0);
            StockClient.send(right.getValue(), kafka.address(SecuredKafka.SASL_TLS), kafka.newTopic(), "one");
            assertThat(kafka.tokens().grants().getOrDefault(right.getKey(), 0)).isGreaterThan(before);
        }
    }
}
