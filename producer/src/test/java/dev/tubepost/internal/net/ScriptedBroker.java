package dev.tubepost.internal.net;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that does what its script says, once per connection. <em>Thread-safe.</em> It writes Kafka's protocol by hand, so that a mistake of
 * our codec cannot hide behind itself.
 */
final class ScriptedBroker implements Closeable {

    /** What happens on one connection; the socket is closed when it returns. */
    interface Script {
        void run(Peer client) throws Exception;
    }

    /** A request as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(int key, int version, int correlationId, byte[] frame) {}

    private final ServerSocket server;
    private final Script script;
    private final List<Peer> peers = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    @SuppressWarnings("AddressSelection") // loopback addresses, each given as what it is
    private ScriptedBroker(String host, int port, Script script) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getByName(host));
        this.script = script;
        start("accept", this::accept);
    }

    static ScriptedBroker start(Script script) throws IOException {
        return new ScriptedBroker("127.0.0.1", 0, script);
    }

    static ScriptedBroker start(String host, int port, Script script) throws IOException {
        return new ScriptedBroker(host, port, script);
    }

    /** A port of 127.0.0.1 on which nothing listens. */
    @SuppressWarnings("AddressSelection")
    static int refusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var peer = new Peer(server.accept());
                accepted.incrementAndGet();
                synchronized (peers) {
                    peers.add(peer);
                }
                start("peer", () -> serve(peer));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Peer peer) {
        try (peer) {
            script.run(peer);
        } catch (Exception e) {
            // The client hung up, or the test is over; what the client saw is what the test asserts.
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, "scripted-broker-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        synchronized (peers) {
            for (var peer : peers) {
                peer.close();
            }
        }
    }

    /** One connection, seen from the broker. */
    final class Peer implements Closeable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        Socket socket() {
            return socket;
        }

        Request read() throws IOException {
            var frame = new byte[in.readInt()];
            in.readFully(frame);
            var header = java.nio.ByteBuffer.wrap(frame);
            return new Request(header.getShort(), header.getShort(), header.getInt(), frame);
        }

        /** Sends bytes as they are. */
        void write(byte... bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void reply(int correlationId, byte... body) throws IOException {
            write(frame(correlationId, body));
        }

        /** Takes the handshake and answers as a broker of the newest version does. */
        void shakeHands() throws IOException {
            shakeHands(range(0, 0, 13), range(3, 0, 13), range(18, 0, 5));
        }

        void shakeHands(int[]... ranges) throws IOException {
            var request = read();
            reply(request.correlationId(), versions(request.version(), 0, ranges));
        }

        /** Reads and forgets until the client hangs up. */
        void drain() throws IOException {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }

        /** Says nothing until the test ends. */
        void beSilent() throws InterruptedException {
            closed.await();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static int[] range(int key, int min, int max) {
        return new int[] {key, min, max};
    }

    static byte[] frame(int correlationId, byte... body) {
        return bytes(out -> {
            out.writeInt(4 + body.length);
            out.writeInt(correlationId);
            out.write(body);
        });
    }

    /** The body of an ApiVersions response. */
    static byte[] versions(int version, int error, int[]... ranges) {
        boolean flexible = version >= 3;
        return bytes(out -> {
            out.writeShort(error);
            if (flexible) {
                out.writeByte(ranges.length + 1);
            } else {
                out.writeInt(ranges.length);
            }
            for (var range : ranges) {
                for (int number : range) {
                    out.writeShort(number);
                }
                if (flexible) {
                    out.writeByte(0);
                }
            }
            if (version >= 1) {
                out.writeInt(0);
            }
            if (flexible) {
                out.writeByte(0);
            }
        });
    }

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
