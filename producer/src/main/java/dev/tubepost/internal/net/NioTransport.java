package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A TCP socket on an event loop. <em>Confined to the actor that opened it.</em> Writes are cheapest from direct buffers. */
final class NioTransport implements Transport {

    /** The JDK hands no more buffers than this to the kernel in one gathering write (IOV_MAX). */
    private static final int BUFFERS_PER_WRITE = 1024;

    private final LoopActor actor;
    private final Handler handler;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable String peer;
    private boolean connected;
    private boolean closed;

    private NioTransport(LoopActor actor, Handler handler) {
        this.actor = actor;
        this.handler = handler;
    }

    static NioTransport connect(
            Selector selector,
            LoopActor actor,
            EventLoops.Settings settings,
            InetSocketAddress address,
            @Nullable InetSocketAddress source,
            Handler handler) {
        var transport = new NioTransport(actor, handler);
        try {
            transport.begin(selector, settings, address, source);
        } catch (IOException
                | RuntimeException e) { // refused at once, no descriptor left (F93), unresolved, wrong family
            actor.post(() -> transport.fail(e));
        }
        return transport;
    }

    private void begin(
            Selector selector,
            EventLoops.Settings settings,
            InetSocketAddress address,
            @Nullable InetSocketAddress source)
            throws IOException {
        peer = address.getAddress() == null
                ? address.toString()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (settings.sendBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
        }
        if (settings.receiveBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
        }
        if (source != null) {
            channel.bind(source);
        }
        boolean atOnce = channel.connect(address);
        key = channel.register(selector, atOnce ? 0 : SelectionKey.OP_CONNECT, this);
        if (atOnce) {
            actor.post(this::open);
        }
    }

    /** The selector found something to do. */
    void onSelected() {
        int ready;
        try {
            ready = key().readyOps();
        } catch (CancelledKeyException e) { // closed by the handler of another key in this pass
            return;
        }
        if ((ready & SelectionKey.OP_CONNECT) != 0) {
            finishConnect();
            return;
        }
        if ((ready & SelectionKey.OP_READ) != 0) {
            handler.onReadable();
        }
        if ((ready & SelectionKey.OP_WRITE) != 0 && !closed) {
            key().interestOpsAnd(~SelectionKey.OP_WRITE);
            handler.onWritable();
        }
    }

    private void finishConnect() {
        try {
            if (!channel().finishConnect()) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
            return;
        }
        open();
    }

    private void open() {
        if (!closed) {
            connected = true;
            key().interestOps(SelectionKey.OP_READ);
            handler.onConnected();
        }
    }

    private void fail(Exception cause) {
        if (!closed) {
            close();
            handler.onConnectFailed(cause instanceof IOException e ? e : new IOException(cause.toString(), cause));
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel().read(into);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = 0;
        int first = offset;
        int end = offset + length;
        while (first < end) {
            int count = Math.min(end - first, BUFFERS_PER_WRITE);
            long wanted = 0;
            for (int i = first; i < first + count; i++) {
                wanted += from[i].remaining();
            }
            long taken = channel().write(from, first, count);
            written += taken;
            if (taken < wanted) {
                break;
            }
            first += count;
        }
        return written;
    }

    @Override
    public void wantWritable() {
        key().interestOpsOr(SelectionKey.OP_WRITE);
    }

    @Override
    public void wantReadable(boolean wanted) {
        if (closed) {
            return;
        }
        if (wanted) {
            key().interestOpsOr(SelectionKey.OP_READ);
        } else {
            key().interestOpsAnd(~SelectionKey.OP_READ);
        }
    }

    @Override
    public void close() {
        closed = true;
        var open = channel;
        if (open != null && open.isOpen()) {
            try {
                open.close(); // cancels the key; the loop's next select gives the descriptor back
            } catch (IOException e) {
                // The descriptor is gone all the same, and there is nothing to say about a connection that is over.
            }
        }
    }

    @Override
    public @Nullable String peer() {
        return connected ? peer : null;
    }

    LoopActor actor() {
        return actor;
    }

    private SocketChannel channel() throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException("not connected");
        }
        return open;
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key, "not registered");
    }
}
