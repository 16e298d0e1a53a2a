package dev.tubepost.tls;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.SecuredTransport;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.internal.net.EventLoops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A user of a {@link SecuredTransport} on a real event loop, which reads and writes as a connection does. <em>Thread-safe, but for what is grouped.</em> */
final class TlsClient implements Transport.Handler, AutoCloseable {

    private final Actor actor;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<@Nullable IOException> ended = new CompletableFuture<>();

    // Confined to the actor.
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ArrayDeque<ByteBuffer> unwritten = new ArrayDeque<>();
    private final ByteBuffer readBuffer;
    private @Nullable SecuredTransport transport;
    private @Nullable Wanted wanted;
    private boolean waitsForRoom;
    private boolean closed;

    private record Wanted(int count, CompletableFuture<byte[]> bytes) {}

    private TlsClient(Actor actor, int readBytes) {
        this.actor = actor;
        readBuffer = ByteBuffer.allocate(readBytes);
    }

    /** @param readBytes how much it reads at once */
    static TlsClient connect(EventLoops loops, TransportSecurity security, String host, int port, int readBytes) {
        var actor = loops.actor("client");
        var client = new TlsClient(actor, readBytes);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        actor.post(() -> new Below(client, security, host).begin(address));
        return client;
    }

    /** The events of the socket, handed on as a connection does. <em>Confined to the actor.</em> */
    private static final class Below implements Transport.Handler {
        private final TlsClient client;
        private final TransportSecurity security;
        private final String host;
        private int port;
        private @Nullable Transport socket;

        Below(TlsClient client, TransportSecurity security, String host) {
            this.client = client;
            this.security = security;
            this.host = host;
        }

        void begin(InetSocketAddress address) {
            port = address.getPort();
            socket = client.actor.connect(address, null, this);
        }

        @Override
        public void onConnected() {
            client.transport = security.secure(Objects.requireNonNull(socket), client.actor, host, port, client);
        }

        @Override
        public void onReadable() {
            client.transport().onReadable();
        }

        @Override
        public void onWritable() {
            client.transport().onWritable();
        }

        @Override
        public void onConnectFailed(IOException cause) {
            client.onConnectFailed(cause);
        }
    }

    // For the test.

    TlsClient awaitOpen() throws Exception {
        opened.get(30, TimeUnit.SECONDS);
        return this;
    }

    /** Why it could not be opened. */
    IOException failure() throws Exception {
        try {
            opened.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (IOException) Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("opened, and was not expected to");
    }

    void send(byte[] bytes) {
        actor.post(() -> {
            unwritten.add(ByteBuffer.wrap(bytes));
            if (!waitsForRoom) {
                write();
            }
        });
    }

    byte[] receive(int count) throws Exception {
        var bytes = new CompletableFuture<byte[]>();
        actor.post(() -> {
            wanted = new Wanted(count, bytes);
            serveWanted();
        });
        return bytes.get(60, TimeUnit.SECONDS);
    }

    boolean isWaitingForRoom() throws Exception {
        var waits = new CompletableFuture<Boolean>();
        actor.post(() -> waits.complete(waitsForRoom));
        return waits.get(30, TimeUnit.SECONDS);
    }

    /** How the stream ended: null for an ordinary end. */
    @Nullable
    IOException end() throws Exception {
        return ended.get(30, TimeUnit.SECONDS);
    }

    // On the actor.

    private SecuredTransport transport() {
        return Objects.requireNonNull(transport);
    }

    @Override
    public void onConnected() {
        opened.complete(null);
        write();
    }

    @Override
    public void onConnectFailed(IOException cause) {
        opened.completeExceptionally(cause);
    }

    @Override
    public void onWritable() {
        waitsForRoom = false;
        write();
    }

    private void write() {
        if (!opened.isDone() || closed || unwritten.isEmpty()) {
            return;
        }
        try {
            transport().write(unwritten.toArray(ByteBuffer[]::new), 0, unwritten.size());
            while (!unwritten.isEmpty() && !unwritten.peek().hasRemaining()) {
                unwritten.remove();
            }
            if (!unwritten.isEmpty()) {
                waitsForRoom = true;
                transport().wantWritable();
            }
        } catch (IOException e) {
            end(e);
        }
    }

    @Override
    public void onReadable() {
        if (closed) {
            return;
        }
        try {
            readBuffer.clear();
            int count = transport().read(readBuffer);
            if (count < 0) {
                end(null);
                return;
            }
            received.write(readBuffer.array(), 0, count);
            serveWanted();
        } catch (IOException e) {
            end(e);
        }
    }

    private void end(@Nullable IOException how) {
        closed = true;
        transport().close();
        ended.complete(how);
    }

    private void serveWanted() {
        if (wanted != null && received.size() >= wanted.count) {
            wanted.bytes.complete(received.toByteArray());
            wanted = null;
        }
    }

    @Override
    public void close() {
        actor.post(() -> {
            closed = true;
            if (transport != null) {
                transport.close();
            }
        });
    }
}
