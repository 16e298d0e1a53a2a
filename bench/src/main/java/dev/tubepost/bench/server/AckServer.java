package dev.tubepost.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tlschannel.ServerTlsChannel;

/**
 * A cluster that acknowledges everything and keeps nothing: for each broker a port of this process. <em>Thread-safe.</em> Topics exist as
 * soon as they are asked for.
 */
public final class AckServer implements AutoCloseable {

    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final Totals totals = new Totals();
    private final List<Integer> ports = new ArrayList<>();

    private final @Nullable SSLContext tls;

    private AckServer(@Nullable SSLContext tls) {
        this.tls = tls;
    }

    /**
     * Starts a server on the loopback address.
     *
     * @param port the first broker's port, the others follow; 0: free ones
     * @param brokers how many brokers; 1 or more
     * @param partitions how many partitions each topic has; 1 or more
     * @param verify whether batches are checked, checksum and all, instead of only counted
     */
    public static AckServer start(int port, int brokers, int partitions, boolean verify) throws IOException {
        return start(port, brokers, partitions, verify, 0, null);
    }

    /**
     * The same, with a last broker that thinks for some milliseconds about all that it reads at once.
     *
     * @param keyStore of a {@link ServerKey}, for TLS; null: plain text
     */
    public static AckServer start(
            int port, int brokers, int partitions, boolean verify, int slowMillis, @Nullable Path keyStore)
            throws IOException {
        var server = new AckServer(keyStore == null ? null : ServerKey.context(keyStore));
        InetAddress host = InetAddress.getLoopbackAddress();
        for (int broker = 0; broker < brokers; broker++) {
            ServerSocketChannel listener = ServerSocketChannel.open();
            server.listeners.add(listener);
            listener.bind(new InetSocketAddress(host, port == 0 ? 0 : port + broker));
            server.ports.add(listener.socket().getLocalPort());
        }
        var topics = new ServedTopics(partitions);
        var requests = new Requests(server.ports(), host.getHostAddress(), topics, server.totals, verify);
        for (int broker = 0; broker < brokers; broker++) {
            ServerSocketChannel listener = server.listeners.get(broker);
            int pauseMillis = broker == brokers - 1 ? slowMillis : 0;
            daemon("accept", () -> server.accept(listener, requests, pauseMillis));
        }
        return server;
    }

    private void accept(ServerSocketChannel listener, Requests requests, int pauseMillis) {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(channel);
                daemon("connection", () -> {
                    new Connection(secured(channel), requests, pauseMillis).run();
                    connections.remove(channel);
                });
            }
        } catch (IOException e) {
            // Closed: no more connections.
        }
    }

    private ByteChannel secured(SocketChannel channel) {
        return tls == null ? channel : ServerTlsChannel.newBuilder(channel, tls).build();
    }

    private static void daemon(String name, Runnable task) {
        var thread = new Thread(task, "ack-server-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The brokers' ports. */
    public List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** Where clients start. */
    public String bootstrapServers() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + ports.get(0);
    }

    /** What it was given so far. */
    public Totals totals() {
        return totals;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
