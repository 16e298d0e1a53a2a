package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A name with several addresses. 127.0.0.1 and 127.0.0.2 are both this machine, with ports of their own. */
class ConnectionAddressesTest {

    /** A world in which every name has the given addresses, and everything else is real. */
    private record World(Actor real, List<String> addresses) implements Actor {

        @Override
        public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
            real.side(
                    () -> {
                        var all = new ArrayList<InetAddress>();
                        for (String address : addresses) {
                            all.add(InetAddress.getByName(address));
                        }
                        return List.copyOf(all);
                    },
                    answer);
        }

        @Override
        public Timer after(long delayNanos, Runnable task) {
            return real.after(delayNanos, task);
        }

        @Override
        public Transport connect(
                InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
            return real.connect(address, source, handler);
        }

        @Override
        public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            real.side(work, done);
        }

        @Override
        public void retire() {
            real.retire();
        }

        @Override
        public void post(Runnable command) {
            real.post(command);
        }

        @Override
        public boolean isCurrent() {
            return real.isCurrent();
        }
    }

    private static Client client(String... addresses) {
        return new Client(real -> new World(real, List.of(addresses)));
    }

    private static void serve(ScriptedBroker.Peer client) throws Exception {
        client.shakeHands();
        client.drain();
    }

    @Test
    void takesTheSecondAddressWhenTheFirstRefuses() throws Exception {
        try (var broker = ScriptedBroker.start("127.0.0.2", 0, ConnectionAddressesTest::serve);
                var client = client("127.0.0.1", "127.0.0.2")) {
            client.open(new Target("two.example", broker.port(), -1, null));
            var connection = Client.within(client.ready);
            assertThat(connection.describe())
                    .isEqualTo("bootstrap server two.example:" + broker.port() + " (127.0.0.2)");
        }
    }

    @Test
    void takesTheSecondAddressWhenTheFirstIsSilentAfterConnect() throws Exception {
        try (var broker = ScriptedBroker.start("127.0.0.2", 0, ConnectionAddressesTest::serve);
                var silent = ScriptedBroker.start("127.0.0.1", broker.port(), ScriptedBroker.Peer::beSilent);
                var client = client("127.0.0.1", "127.0.0.2").setupTimeout(100)) {
            client.open(new Target("two.example", broker.port(), -1, null));
            assertThat(Client.within(client.ready).describe()).endsWith("(127.0.0.2)");
            assertThat(silent.accepted()).isEqualTo(1);
        }
    }

    @Test
    void takesTheSecondAddressWhenTheFirstHangsUp() throws Exception {
        try (var broker = ScriptedBroker.start("127.0.0.2", 0, ConnectionAddressesTest::serve);
                var rude = ScriptedBroker.start("127.0.0.1", broker.port(), ScriptedBroker.Peer::read);
                var client = client("127.0.0.1", "127.0.0.2")) {
            client.open(new Target("two.example", broker.port(), -1, null));
            assertThat(Client.within(client.ready).describe()).endsWith("(127.0.0.2)");
            assertThat(rude.accepted()).isEqualTo(1);
        }
    }

    @Test
    void doesNotWaitForAnAddressThatSwallowsPackets() throws Exception {
        try (var broker = ScriptedBroker.start("127.0.0.2", 0, ConnectionAddressesTest::serve);
                var hole = new BlackHole("127.0.0.1", broker.port());
                var client = client("127.0.0.1", "127.0.0.2").setupTimeout(20_000)) {
            assertThat(hole.isOpen()).isTrue();
            long start = System.nanoTime();
            client.open(new Target("two.example", broker.port(), -1, null));
            assertThat(Client.within(client.ready).describe()).endsWith("(127.0.0.2)");
            assertThat(System.nanoTime() - start).isBetween(Dialer.HEAD_START_NANOS, TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void givesUpOnAnAddressThatSwallowsPackets() throws Exception {
        int port = ScriptedBroker.refusedPort();
        try (var hole = new BlackHole("127.0.0.1", port);
                var client = client("127.0.0.1").setupTimeout(200)) {
            assertThat(hole.isOpen()).isTrue();
            client.open(new Target("hole.example", port, -1, null));
            assertThat(client.loss().kind()).isEqualTo(Kind.SETUP_TIMEOUT);
            assertThat(client.loss().message()).contains("hole.example").contains("connecting took longer");
        }
    }

    @Test
    void saysWhatEachAddressDidWhenAllFail() throws Exception {
        int port;
        try (var rude = ScriptedBroker.start("127.0.0.2", 0, ScriptedBroker.Peer::read);
                var client = client("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            port = rude.port();
            client.open(new Target("three.example", port, -1, null));
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.PEER_CLOSED);
            assertThat(loss.message())
                    .startsWith("bootstrap server three.example:" + port + " (127.0.0.2) closed the connection")
                    .contains("(127.0.0.1) refused the connection")
                    .contains("(127.0.0.3) refused the connection");
        }
    }

    /** A port whose queue of connections is full: the kernel drops what comes, and a client hears nothing. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket server;
        private final List<SocketChannel> filling = new ArrayList<>();

        BlackHole(String host, int port) throws Exception {
            server = new ServerSocket(port, 1, InetAddress.getByName(host));
            for (int i = 0; i < 4; i++) {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(server.getLocalSocketAddress());
                filling.add(channel);
            }
        }

        boolean isOpen() {
            return !server.isClosed();
        }

        @Override
        public void close() throws java.io.IOException {
            for (var channel : filling) {
                channel.close();
            }
            server.close();
        }
    }
}
