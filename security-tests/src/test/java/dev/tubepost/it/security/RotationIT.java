package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import java.nio.charset.StandardCharsets;
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
                kafka.files().write("client-trust.pem", "-----BEGIN CERT".getBytes(StandardCharsets.US_ASCII));
                reconnect(kafka, sending, sent); // the old file's content still counts

                kafka.files().trustPem("client-trust", kafka.authority(), kafka.stranger());
                kafka.kafka()
                        .exchangeKeyStore(
                                SecuredKafka.TLS,
                                kafka.files().key("rotated", kafka.stranger().server()));
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
                kafka.files().write("client.pem", "-----BEGIN PRIV".getBytes(StandardCharsets.US_ASCII));
                reconnect(kafka, sending, sent);

                kafka.files().keyPem("client", kafka.authority().client("renewed"));
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
