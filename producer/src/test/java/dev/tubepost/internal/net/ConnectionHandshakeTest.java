package dev.tubepost.internal.net;

import static dev.tubepost.internal.net.ScriptedBroker.range;
import static dev.tubepost.internal.net.ScriptedBroker.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.VersionRange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class ConnectionHandshakeTest {

    @Test
    void agreesOnTheNewestVersionsThatBothKnow() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands(range(0, 0, 11), range(3, 0, 99), range(18, 0, 4));
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(client.connection().version(ApiKey.PRODUCE)).isEqualTo(11);
            assertThat(client.connection().version(ApiKey.METADATA)).isEqualTo(13);
            assertThat(client.connection().offered(ApiKey.METADATA))
                    .extracting(VersionRange::max)
                    .isEqualTo(99);
            assertThat(client.connection().describe()).isEqualTo("bootstrap server 127.0.0.1:" + broker.port());
        }
    }

    @Test
    void fallsBackToTheVersionThatTheBrokerNames() throws Exception {
        BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
        try (var broker = ScriptedBroker.start(client -> {
                    var first = client.read();
                    asked.add(first.version());
                    client.reply(first.correlationId(), versions(0, 35, range(18, 0, 3)));
                    var second = client.read();
                    asked.add(second.version());
                    client.reply(second.correlationId(), versions(3, 0, range(0, 0, 9), range(3, 0, 12)));
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(asked).containsExactly(5, 3);
            assertThat(client.connection().version(ApiKey.METADATA)).isEqualTo(12);
        }
    }

    @Test
    void fallsBackToVersion0IfTheBrokerNamesNone() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    var first = client.read();
                    client.reply(first.correlationId(), (byte) 0, (byte) 35);
                    var second = client.read();
                    client.reply(second.correlationId(), versions(second.version(), 0, range(0, 0, 3), range(3, 0, 1)));
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(client.connection().version(ApiKey.PRODUCE)).isEqualTo(3);
        }
    }

    @Test
    void givesUpOnABrokerThatRefusesEveryVersion() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    while (true) {
                        client.reply(client.read().correlationId(), versions(0, 35, range(18, 0, 5)));
                    }
                });
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.UNSUPPORTED_VERSION);
        }
    }

    @Test
    void saysWhichVersionsAnOldBrokerKnows() throws Exception {
        try (var broker = ScriptedBroker.start(client -> client.shakeHands(range(0, 0, 2), range(3, 0, 1)));
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.UNSUPPORTED_VERSION);
            assertThat(client.loss().message())
                    .contains("knows the versions 0-2 of PRODUCE, and this client 3-13")
                    .contains("brokers from 2.1 on");
        }
    }

    @Test
    void saysThatAControllerIsNoBroker() throws Exception {
        try (var broker = ScriptedBroker.start(client -> client.shakeHands(range(18, 0, 5)));
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.UNSUPPORTED_VERSION);
            assertThat(client.loss().message()).contains("not of a KRaft controller");
        }
    }

    @Test
    void capsProduceWhereMetadataKnowsNoTopicIds() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands(range(0, 0, 13), range(3, 0, 9));
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(client.connection().version(ApiKey.PRODUCE)).isEqualTo(12);
        }
    }

    @Test
    void tellsWhichNodeOfWhichClusterItMeans() throws Exception {
        BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
        try (var broker = ScriptedBroker.start(client -> {
                    var request = client.read();
                    requests.add(request.frame());
                    client.reply(request.correlationId(), versions(5, 129));
                });
                var client = new Client().open(new Target("127.0.0.1", broker.port(), 7, "cluster-a"))) {
            assertThat(client.loss().kind()).isEqualTo(Kind.REBOOTSTRAP_REQUIRED);
            assertThat(client.loss().message()).contains("cluster cluster-a, node 7");
            var frame = requests.take();
            assertThat(new String(frame, StandardCharsets.ISO_8859_1)).contains("cluster-a\0\0\0\7");
        }
    }

    @Test
    void takesAHandshakeThatArrivesByteByByte() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    var request = client.read();
                    var reply = ScriptedBroker.frame(
                            request.correlationId(), versions(5, 0, range(0, 0, 13), range(3, 0, 13)));
                    for (byte b : reply) {
                        client.write(b);
                    }
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(client.connection().isReady()).isTrue();
        }
    }

    @Test
    void refusesCallsBeforeItIsReady() throws Exception {
        try (var broker = ScriptedBroker.start(ScriptedBroker.Peer::beSilent);
                var client = new Client().open(broker.port())) {
            assertThatThrownBy(() -> client.send(client.call("early")))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not ready");
        }
    }

    @Test
    void closesOnAHandshakeThatIsCutShort() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.reply(client.read().correlationId(), (byte) 0, (byte) 0, (byte) 99);
                    client.drain();
                });
                var client = new Client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message()).contains("malformed reply to API_VERSIONS");
        }
    }
}
