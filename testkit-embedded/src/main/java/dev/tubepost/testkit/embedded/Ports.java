package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Thread-safe. Free loopback ports for the listeners of one cluster, none given twice.
 *
 * <p>They are chosen below the range from which operating systems take the ports of outgoing connections (Linux from 32768, others from
 * 49152): the port of a stopped broker must still be free when the broker comes back, while a port that the system handed out for a bind to
 * port 0 is soon handed out again, to any connection.
 */
final class Ports {
    static final String HOST = "127.0.0.1";

    private static final int FIRST = 15_000;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 1_000;

    private final Set<Integer> taken = Collections.newSetFromMap(new ConcurrentHashMap<>());

    /** A port that nobody listens on now. */
    int take() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (taken.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedKafkaException(
                "No free port on " + HOST + " after " + ATTEMPTS + " tries between " + FIRST + " and " + (END - 1));
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as Kafka does: old connections in TIME_WAIT do not count
            socket.bind(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
