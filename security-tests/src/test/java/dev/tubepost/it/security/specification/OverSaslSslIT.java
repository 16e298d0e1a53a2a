package dev.tubepost.it.security.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the producer's tests connect to, and how, in this run: a broker that lets clients in by SASL_SSL only. A cluster of its own, so that what is counted is its. */
@EmbeddedKafkaTest
final class OverSaslSslIT {

    @Test
    void whatATestIsToldToConnectToIsTheSecuredListener(EmbeddedKafka kafka) {
        assertThat(kafka.bootstrapServers())
                .isEqualTo(kafka.bootstrapServers("SECURED"))
                .isNotEqualTo(kafka.bootstrapServers("PLAINTEXT"));
    }

    @Test
    void theBrokerSeesTls13AndALogin(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("over-sasl-ssl", 1);
        double before = BrokerCounts.logins();
        try (var cluster = Clusters.connect(kafka.bootstrapServers());
                var producer = cluster.topic("over-sasl-ssl")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            assertThat(producer.produce("one")
                            .delivered()
                            .get(30, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
            assertThat(BrokerCounts.logins()).isGreaterThan(before);
            assertThat(BrokerCounts.connections("TLSv1.3")).isPositive();
        }
    }

    @Test
    void withAWrongPasswordNobodyComesIn(EmbeddedKafka kafka) {
        var wrong = Clusters.options(kafka.bootstrapServers())
                .sasl(SaslOptions.scramSha512(Realm.USER, Secret.of("another password")))
                .build();
        try (var cluster = Cluster.connect(wrong)) {
            assertThatThrownBy(() -> cluster.update().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("refused our SCRAM-SHA-512 authentication");
        }
    }

    @Test
    void inPlainTextNobodyComesIn(EmbeddedKafka kafka) {
        var plain = ClusterOptions.builder(kafka.bootstrapServers())
                .requestTimeout(Duration.ofSeconds(2))
                .build();
        try (var cluster = Cluster.connect(plain)) {
            assertThatThrownBy(() -> cluster.update().get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }
}
