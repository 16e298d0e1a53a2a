package dev.tubepost.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.testkit.env.SimEnv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimNetworkTest {

    private static final int PORT = 9092;
    private static final byte[] MESSAGE = message();

    private final SimEnv env = new SimEnv(7);
    private final Server server = new Server();
    private SimNetwork network = network(1);

    private static byte[] message() {
        byte[] bytes = new byte[10_000];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private SimNetwork network(long seed) {
        var made = new SimNetwork(env.events(), new Weather(new SplittableRandom(seed), 1_000, 50_000, 700, 5));
        env.network(made);
        made.listen("server", PORT, server);
        return made;
    }

    /** Takes what comes. */
    private static final class Server implements Acceptor, ServerEnd {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private @Nullable SimConnection connection;
        private boolean refuses;
        private int ends;

        @Override
        public @Nullable ServerEnd accept(SimConnection made) {
            connection = made;
            return refuses ? null : this;
        }

        @Override
        public void onBytes(byte[] bytes) {
            received.writeBytes(bytes);
        }

        @Override
        public void onEnd() {
            ends++;
        }

        SimConnection connection() {
            return Objects.requireNonNull(connection, "nobody connected");
        }
    }

    /** Writes a message as the stream takes it, and reads what comes. */
    private final class Client implements Transport.Handler {
        private final Actor actor = env.actor("client");
        private final ByteBuffer toWrite = ByteBuffer.wrap(MESSAGE);
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final List<String> events = new ArrayList<>();
        private @Nullable Transport transport;

        Client connect() {
            actor.post(() -> {
                try {
                    var address =
                            new InetSocketAddress(network.resolve("server").get(0), PORT);
                    transport = actor.connect(address, null, this);
                } catch (UnknownHostException e) {
                    throw new IllegalStateException(e);
                }
            });
            return this;
        }

        Transport transport() {
            return Objects.requireNonNull(transport, "not connecting yet");
        }

        @Override
        public void onConnected() {
            events.add("connected to " + transport().peer());
            onWritable();
        }

        @Override
        public void onWritable() {
            try {
                transport().write(new ByteBuffer[] {toWrite}, 0, 1);
            } catch (IOException e) {
                events.add("write: " + e.getMessage());
                return;
            }
            if (toWrite.hasRemaining()) {
                transport().wantWritable();
            }
        }

        @Override
        public void onReadable() {
            var buffer = ByteBuffer.allocate(100);
            try {
                if (transport().read(buffer) < 0) {
                    events.add("end");
                    transport().close();
                }
                received.write(buffer.array(), 0, buffer.position());
            } catch (IOException e) {
                events.add("read: " + e.getMessage());
                transport().close();
            }
        }

        @Override
        public void onConnectFailed(IOException cause) {
            events.add("failed: " + cause.getMessage());
        }
    }

    private void runAll() {
        env.runUntil(Long.MAX_VALUE);
        assertThat(env.faults()).isEmpty();
    }

    @Test
    void carriesAllBytesInOrderBothWays() {
        Client client = new Client().connect();
        runAll();
        server.connection().send(MESSAGE);
        server.connection().close();
        runAll();
        assertThat(server.received.toByteArray()).isEqualTo(MESSAGE);
        assertThat(client.received.toByteArray()).isEqualTo(MESSAGE);
        assertThat(client.events).containsExactly("connected to 10.0.0.1:9092", "end");
        assertThat(network.open()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsAtSomeByteAndTellsBothEnds(long seed) {
        network = network(seed);
        Client client = new Client().connect();
        env.runUntil(200_000);
        server.connection().send(MESSAGE);
        server.connection().cut();
        runAll();
        assertThat(client.received.toByteArray()).isEqualTo(Arrays.copyOf(MESSAGE, client.received.size()));
        assertThat(server.received.toByteArray()).isEqualTo(Arrays.copyOf(MESSAGE, server.received.size()));
        assertThat(client.events).last().asString().contains("Connection reset by peer");
        assertThat(server.ends).isEqualTo(1);
    }

    @Test
    void saysNothingMoreToTheClientOnceMute() {
        Client client = new Client().connect();
        runAll();
        server.connection().mute();
        server.connection().send(MESSAGE);
        runAll();
        assertThat(client.received.size()).isZero();
        assertThat(client.events).hasSize(1);
        assertThat(network.open()).isEqualTo(1);
    }

    @Test
    void refusesWhereNobodyListensOrWants() {
        server.refuses = true;
        Client client = new Client().connect();
        runAll();
        assertThat(client.events).containsExactly("failed: Connection refused");
    }

    @Test
    void knowsNoOtherNames() {
        assertThatThrownBy(() -> network.resolve("nobody")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void tellsTheServerWhenTheClientCloses() {
        Client client = new Client().connect();
        runAll();
        client.actor.post(client.transport()::close);
        runAll();
        assertThat(server.ends).isEqualTo(1);
        assertThat(server.connection().isOpen()).isFalse();
    }
}
