package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.serialize.Serializers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The two ways to speak TLS that the specification has: with the brokers' authority alone, and with a certificate whose key is encrypted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SynchronousTlsIT {

    private SecuredKafka kafka;

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = SecuredKafka.start(directory);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @Test
    void trustsTheBrokersAuthority() {
        produceSynchronously(SecuredKafka.TLS, null);
    }

    @Test
    void showsACertificateWhoseKeyIsEncrypted() {
        var key = kafka.write(
                "encrypted.pem",
                kafka.client().encryptedKeyPem("the key's password")
                        + kafka.client().certificatesPem());
        produceSynchronously(SecuredKafka.MTLS, KeySource.pem(key, Secret.of("the key's password")));
    }

    private void produceSynchronously(String listener, @Nullable KeySource key) {
        var topic = kafka.newTopic();
        var tls = TlsOptions.builder().trust(TrustSource.pem(kafka.trust())).key(key);
        var options = ClusterOptions.builder(kafka.address(listener)).tls(tls.build());
        var sync = ProducerOptions.builder().sync(true).build();
        try (var cluster = Cluster.connect(options.build());
                var producer = cluster.topic(topic).producer(sync, Serializers.utf8())) {
            assertThat(producer.produce("there").offset()).isZero();
        }
        assertThat(kafka.values(topic)).containsExactly("there");
    }
}
