package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.protocol.ApiKey;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConnectionDiagnosisTest {

    private static final byte[] TLS_ALERT = {0x15, 3, 3, 0, 2, 2, 0x50};

    private static ConnectionLoss lossAfterAnswer(byte[] answer) throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.read();
                    client.write(answer);
                });
                var client = new Client().open(broker.port())) {
            return client.loss();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void namesTlsBehindThePort() throws Exception {
        var loss = lossAfterAnswer(TLS_ALERT);
        assertThat(loss.kind()).isEqualTo(Kind.WRONG_PROTOCOL);
        assertThat(loss.message()).contains("speaks TLS").contains("PLAINTEXT listener");
    }

    @Test
    void namesAnHttpServerBehindThePort() throws Exception {
        var loss = lossAfterAnswer(ascii("HTTP/1.1 400 Bad Request\r\n\r\n"));
        assertThat(loss.kind()).isEqualTo(Kind.WRONG_PROTOCOL);
        assertThat(loss.message()).contains("is an HTTP server");
    }

    @Test
    void namesAnSshServerBehindThePort() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.write(ascii("SSH-2.0-OpenSSH_9.6\r\n"));
                    client.drain();
                });
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.WRONG_PROTOCOL);
            assertThat(client.loss().message()).contains("is an SSH server");
        }
    }

    @Test
    void quotesOtherTextWithoutControlCharacters() throws Exception {
        var loss = lossAfterAnswer(ascii("220 mail\u001b[31m.example \"ESMTP\"\r\n"));
        assertThat(loss.kind()).isEqualTo(Kind.WRONG_PROTOCOL);
        assertThat(loss.message()).contains("\"220 mail.[31m.example .ESMTP...\"");
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port = ScriptedBroker.refusedPort();
        try (var client = new Client().open(port)) {
            assertThat(client.loss().kind()).isEqualTo(Kind.REFUSED);
            assertThat(client.loss().message())
                    .startsWith("bootstrap server 127.0.0.1:" + port + " refused the connection")
                    .contains("check the port");
        }
    }

    @Test
    void saysThatANameDoesNotResolve() throws Exception {
        try (var client = new Client().open(new Target("no-such-host.invalid", 9092, -1, null))) {
            assertThat(client.loss().kind()).isEqualTo(Kind.UNKNOWN_HOST);
            assertThat(client.loss().message()).contains("no-such-host.invalid does not resolve: check its spelling");
        }
    }

    @Test
    void saysWhoToldAnAddressThatDoesNotResolve() throws Exception {
        var target = new Target("no-such-host.invalid", 29092, 3, null, "x.example:9092");
        try (var client = new Client().open(target)) {
            assertThat(client.loss().message())
                    .contains("x.example:9092 answered and told to use no-such-host.invalid:29092")
                    .contains("advertised.listeners of broker 3");
        }
    }

    @Test
    void suspectsTlsOrAnotherServiceWhenThePeerHangsUpWithoutAnswer() throws Exception {
        try (var broker = ScriptedBroker.start(ScriptedBroker.Peer::read);
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.PEER_CLOSED);
            assertThat(client.loss().message()).contains("without any answer").contains("may expect TLS");
        }
    }

    @Test
    void suspectsSaslWhenThePeerHangsUpAtTheFirstRequest() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.read();
                });
                var client = new Client().ready(broker.port())) {
            client.send(client.call("first"));
            assertThat(client.loss().message()).contains("may demand SASL authentication");
        }
    }

    @Test
    void givesUpOnAPortThatAcceptsAndSaysNothing() throws Exception {
        try (var broker = ScriptedBroker.start(ScriptedBroker.Peer::beSilent);
                var client = new Client().setupTimeout(100).open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.SETUP_TIMEOUT);
            assertThat(client.loss().message())
                    .contains("the ApiVersions handshake took longer than the connection-setup timeout of");
        }
    }

    @Test
    void refusesAReplyThatIsLargerThanAllowed() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.read();
                    client.write((byte) 0, (byte) 0x20, (byte) 0, (byte) 0);
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var call = client.send(client.call("large"));
            assertThat(Client.within(call.lost).kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message())
                    .contains("a size of 2097152 bytes")
                    .contains("maxReplySize");
        }
    }

    @Test
    void refusesAReplyToTheHandshakeThatIsLargerThan64Kib()
            throws Exception { // whatever maxReplySize says: nothing is known of the peer yet
        assertThat(lossAfterAnswer(new byte[] {0, 1, 0, 1}).message())
                .contains("a size of 65537 bytes")
                .contains("more than the 65536 that")
                .doesNotContain("maxReplySize"); // which would not help
        var atTheLimit = lossAfterAnswer(new byte[] {0, 1, 0, 0});
        assertThat(atTheLimit.kind()).as("the peer hung up before the end").isEqualTo(Kind.PEER_CLOSED);
    }

    @Test
    void refusesASizeThatIsNoSize() throws Exception {
        for (byte[] size : new byte[][] {{0, 0, 0, 0}, {0, 0, 0, 3}, {-1, -1, -1, -1}, {-128, 0, 0, 0}}) {
            assertThat(lossAfterAnswer(size).kind()).isEqualTo(Kind.PROTOCOL_ERROR);
        }
    }

    @Test
    void saysThatDescriptorsAreUsedUp() {
        var diagnosis = new Diagnosis(new Target("kafka1", 9092, 1, null), SecurityProtocol.PLAINTEXT, null);
        var loss = diagnosis.connectFailed(new SocketException("Too many open files"));
        assertThat(loss.kind()).isEqualTo(Kind.LOCAL_FAILURE);
        assertThat(loss.message()).contains("ulimit -n").contains("broker 1 at kafka1:9092");
    }

    @Test
    void putsCausesOnOneLine() {
        var diagnosis = new Diagnosis(new Target("::1", 9092, 1, null), SecurityProtocol.PLAINTEXT, null);
        var loss = diagnosis.connectFailed(new IOException("odd\r\nreason\u0007" + "x".repeat(1000)));
        assertThat(loss.message()).contains("[::1]:9092: odd reason xxx").endsWith("...");
        assertThat(loss.message()).hasSizeLessThan(300);
    }

    @Test
    void quotesNothingThatTurnsTheLineRoundOrHides() { // F32: a certificate's names, for instance, are the peer's
        var diagnosis = new Diagnosis(new Target("kafka1", 9092, 1, null), SecurityProtocol.PLAINTEXT, null);
        var loss = diagnosis.closed(new IOException("CN=a\u202eb\u009b\u2028c\u200bd\ud800"), ApiKey.METADATA, 0);
        assertThat(loss.message()).contains("CN=a?b??c?d?)");
    }
}
