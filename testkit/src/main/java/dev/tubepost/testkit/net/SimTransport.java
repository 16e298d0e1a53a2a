package dev.tubepost.testkit.net;

import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The producer's end of a connection in memory. <em>Confined to the run's thread.</em> It reads and writes less than it could, now and then,
 * as sockets do.
 */
final class SimTransport implements Transport, Pipe.Sink {

    private final SimConnection connection;
    private final Mailbox owner;
    private final Handler handler;
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private long receivedBytes;
    private @Nullable String peer;
    private boolean closed;
    private boolean ended;
    private boolean breaksAtEnd;
    private boolean readablePosted;
    private boolean wantsWritable;

    SimTransport(SimConnection connection, Mailbox owner, Handler handler) {
        this.connection = connection;
        this.owner = owner;
        this.handler = handler;
    }

    // ---- the network's side ----

    void open(String address) {
        owner.post(() -> {
            if (!closed) {
                peer = address;
                handler.onConnected();
                tellReadable();
            }
        });
    }

    void fail(IOException cause) {
        owner.post(() -> {
            if (!closed) {
                closed = true;
                handler.onConnectFailed(cause);
            }
        });
    }

    void breakAtEnd() {
        breaksAtEnd = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void onBytes(byte[] piece) {
        if (!closed) {
            receivedBytes += piece.length;
            arrived.add(ByteBuffer.wrap(piece));
            tellReadable();
        }
    }

    @Override
    public void onEnd() {
        ended = true;
        tellReadable();
    }

    /** Repeats as long as there is something to read, as a selector does. */
    private void tellReadable() {
        if (readablePosted || closed || peer == null || (arrived.isEmpty() && !ended)) {
            return;
        }
        readablePosted = true;
        connection.gather(() -> owner.post(() -> {
            readablePosted = false;
            if (!closed) {
                handler.onReadable();
                tellReadable();
            }
        }));
    }

    /** Whether the client has more to write than there was room for. */
    boolean waitsForRoom() {
        return wantsWritable;
    }

    void onRoom() {
        if (wantsWritable && connection.room() > 0) {
            wantsWritable = false;
            owner.post(() -> {
                if (!closed) {
                    handler.onWritable();
                }
            });
        }
    }

    // ---- the producer's side ----

    @Override
    public int read(ByteBuffer into) throws IOException {
        checkOpen();
        ByteBuffer first = arrived.peek();
        if (first == null) {
            return atEnd();
        }
        int length = connection.atOnce(Math.min(into.remaining(), first.remaining()));
        take(first, length, into);
        while (!arrived.isEmpty() && into.hasRemaining() && connection.readsOn()) {
            int more = Math.min(into.remaining(), arrived.peek().remaining());
            take(arrived.peek(), more, into);
            length += more;
        }
        connection.onRead(length, into.capacity(), receivedBytes);
        return length;
    }

    private void take(ByteBuffer first, int length, ByteBuffer into) {
        into.put(first.slice(first.position(), length));
        first.position(first.position() + length);
        if (!first.hasRemaining()) {
            arrived.remove();
        }
    }

    private int atEnd() throws IOException {
        if (ended && breaksAtEnd) {
            throw new IOException("Connection reset by peer");
        }
        return ended ? -1 : 0;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        checkOpen();
        if (ended && breaksAtEnd) {
            throw new IOException("Broken pipe");
        }
        int room = connection.atOnce(connection.room());
        long written = 0;
        for (int i = offset; i < offset + length && written < room; i++) {
            byte[] bytes = new byte[(int) Math.min(from[i].remaining(), room - written)];
            from[i].get(bytes);
            connection.sendToServer(bytes);
            written += bytes.length;
        }
        return written;
    }

    @Override
    public void wantWritable() {
        wantsWritable = true;
        onRoom();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arrived.clear();
            connection.clientClosed();
        }
    }

    @Override
    public @Nullable String peer() {
        return peer;
    }

    private void checkOpen() throws IOException {
        if (closed || peer == null) {
            throw new IOException("not connected");
        }
    }
}
