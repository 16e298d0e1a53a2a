package dev.tubepost.tls;

import dev.tubepost.internal.env.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A stream below TLS with a server's engine at its other end, which takes and gives as many bytes as the test says. <em>Confined to the test's thread.</em> */
final class EngineStream implements Transport {

    final SSLEngine server;
    final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();

    /** How many bytes a write takes of those offered. */
    IntUnaryOperator accepts = offered -> offered;

    /** How many bytes a read gives of those that fit. */
    IntUnaryOperator gives = room -> room;

    int writes;
    int bytesTaken;
    boolean closed;
    boolean wantsWritable;
    boolean wantsReadable = true;
    boolean ended;

    @Nullable
    IOException writeFailure;

    @Nullable
    SSLException serverFailure;

    private final ByteBuffer fromClient = ByteBuffer.allocate(1 << 20);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 20);
    private final ByteBuffer decrypted = ByteBuffer.allocate(1 << 15);

    EngineStream(SSLContext context, String protocol) {
        server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledProtocols(new String[] {protocol});
        toClient.flip();
    }

    /** The server sends something. */
    void say(byte[] bytes) throws SSLException {
        var from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            wrap(from);
        }
    }

    /** The server says whatever it has to say by itself. */
    void sayOwn() throws SSLException {
        wrap(ByteBuffer.allocate(0));
    }

    /** The server sends bytes that are no TLS. */
    void sayRaw(byte[] bytes) {
        toClient.compact().put(bytes).flip();
    }

    boolean hasBytesForClient() {
        return toClient.hasRemaining();
    }

    /** Whether a selector would tell of it, now and again. */
    boolean isReadable() {
        return wantsReadable && (toClient.hasRemaining() || ended);
    }

    private void wrap(ByteBuffer from) throws SSLException {
        toClient.compact();
        try {
            int before = toClient.position();
            server.wrap(from, toClient);
            if (from.hasRemaining() && toClient.position() == before) {
                throw new SSLException("the server cannot say anything: " + server.getHandshakeStatus());
            }
        } finally {
            toClient.flip();
        }
    }

    /** The server decodes what has come, and answers a handshake. */
    private void serve() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step();
            }
        } catch (SSLException e) {
            serverFailure = e;
        }
    }

    private boolean step() throws SSLException {
        if (server.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            server.getDelegatedTask().run();
            return true;
        }
        if (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            sayOwn();
            return true;
        }
        fromClient.flip();
        try {
            decrypted.clear();
            var result = server.unwrap(fromClient, decrypted);
            plaintext.write(decrypted.array(), 0, decrypted.position());
            return result.getStatus() == Status.OK
                    && (result.bytesConsumed() > 0 || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK);
        } finally {
            fromClient.compact();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!toClient.hasRemaining()) {
            return ended ? -1 : 0;
        }
        int count = Math.min(gives.applyAsInt(into.remaining()), Math.min(into.remaining(), toClient.remaining()));
        into.put(toClient.slice(toClient.position(), count));
        toClient.position(toClient.position() + count);
        return count;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        writes++;
        if (writeFailure != null) {
            throw writeFailure;
        }
        int taken = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = Math.min(accepts.applyAsInt(from[i].remaining()), from[i].remaining());
            fromClient.put(from[i].slice(from[i].position(), count));
            from[i].position(from[i].position() + count);
            taken += count;
            if (from[i].hasRemaining()) {
                break;
            }
        }
        bytesTaken += taken;
        serve();
        return taken;
    }

    @Override
    public void wantWritable() {
        wantsWritable = true;
    }

    @Override
    public void wantReadable(boolean wanted) {
        wantsReadable = wanted;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public @Nullable String peer() {
        return "127.0.0.1:9093";
    }
}
