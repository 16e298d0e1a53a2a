package dev.tubepost.testkit.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Listens for the clients of one broker. <em>Thread-safe.</em> */
final class Gate {

    private static final int BACKLOG = 50;
    private static final int CONNECT_MILLIS = 5_000;

    private final FaultProxy proxy;
    private final int broker;
    private final ServerSocket listener;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private volatile @Nullable InetSocketAddress target;
    private volatile boolean closed;

    Gate(FaultProxy proxy, int broker) throws IOException {
        this.proxy = proxy;
        this.broker = broker;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        var thread = new Thread(this::accept, "proxy-" + broker);
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    void forward(InetSocketAddress where) {
        target = where;
    }

    private void accept() {
        while (!closed) {
            Socket client = null;
            try {
                client = listener.accept();
                serve(client);
            } catch (IOException e) { // closed, or the broker is not there: as if it refused
                Relay.reset(client);
            }
        }
    }

    private void serve(Socket client) throws IOException {
        InetSocketAddress where = target;
        if (where == null) {
            throw new IOException("nobody knows where broker " + broker + " is");
        }
        var server = new Socket();
        try {
            server.connect(where, CONNECT_MILLIS);
            var relay = new Relay(proxy, broker, client, server, relays::remove);
            relays.add(relay);
            relay.start();
            if (closed) {
                relay.cut();
            }
        } catch (IOException e) {
            Relay.reset(server);
            throw e;
        }
    }

    void cutAll() {
        relays.forEach(Relay::cut);
    }

    int connections() {
        return relays.size();
    }

    void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            // It listens no more, or never has.
        }
        cutAll();
    }
}
