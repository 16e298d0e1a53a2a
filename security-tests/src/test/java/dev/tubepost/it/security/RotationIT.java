package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.tls.testing.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are replaced while messages flow; a file that is half there changes nothing (F101). */
final class RotationIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int BURST = 500;

    @Test
    void losesNothingWhileTheBrokersAuthorityIsReplaced(@TempDir Path directory) throws Exception {
        try (var kafka = SecuredKafka.start(directory)) {
            var topic = kafka.newTopic();
            List<String> sent = new ArrayList<>();
            try (var sending = Sending.open(kafka, new Logins(kafka).tls(), topic, LONG)) {
                burst(sending, sent);
                kafka.write("client-trust.pem", "-----BEGIN CERT");
                reconnect(kafka, sending, sent); // the old file's content still counts

                kafka.write(
                        "client-trust.pem",
                        kafka.authority().certificatesPem() + kafka.stranger().certificatesPem());
                kafka.kafka()
                        .exchangeKeyStore(
                                SecuredKafka.TLS,
                                kafka.keyStore("rotated", SecuredKafka.broker().issuedBy(kafka.stranger())));
                reconnect(kafka, sending, sent);
            }
            assertThat(kafka.values(topic)).isEqualTo(sent);
        }
    }

    @Test
    void losesNothingWhileTheClientsKeyIsReplaced(@TempDir Path directory) throws Exception {
        try (var kafka = SecuredKafka.start(directory)) {
            var topic = kafka.newTopic();
            List<String> sent = new ArrayList<>();
            try (var sending = Sending.open(kafka, new Logins(kafka).mutualTls(), topic, LONG)) {
                burst(sending, sent);
                kafka.write("client.pem", "-----BEGIN PRIV");
                reconnect(kafka, sending, sent);

                kafka.writeKey("client.pem", Certificates.named("renewed").issuedBy(kafka.authority()));
                reconnect(kafka, sending, sent);
            }
            assertThat(kafka.values(topic)).isEqualTo(sent);
        }
    }

    /** The broker is restarted with messages on their way: all connections are opened anew. */
    private static void reconnect(SecuredKafka kafka, Sending sending, List<String> sent) throws Exception {
        var onTheWay = produce(sending, sent);
        kafka.kafka().restart(1);
        await(onTheWay);
        burst(sending, sent);
    }

    private static void burst(Sending sending, List<String> sent) throws Exception {
        await(produce(sending, sent));
    }

    private static List<Message<String, String>> produce(Sending sending, List<String> sent) {
        List<Message<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            var value = Integer.toString(sent.size());
            sent.add(value);
            messages.add(sending.producer().produce(value));
        }
        return messages;
    }

    private static void await(List<Message<String, String>> messages) throws Exception {
        for (var message : messages) {
            message.delivered().get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
