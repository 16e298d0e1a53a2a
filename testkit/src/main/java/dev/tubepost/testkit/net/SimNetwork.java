package dev.tubepost.testkit.net;

import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.testkit.env.EventHeap;
import dev.tubepost.testkit.env.Network;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Names, addresses, and the connections between them, in memory. <em>Confined to the run's thread.</em> */
public final class SimNetwork implements Network {

    /** Whoever connects more often to one address turns in a circle (I21). */
    private static final int MOST_CONNECTS_A_SECOND = 40;

    /** How often somebody connected within a second. */
    private static final class Rate {
        private long second;
        private int connects;
    }

    private final EventHeap events;
    private final Weather weather;
    private final Map<String, List<InetAddress>> names = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Acceptor> listeners = new LinkedHashMap<>();
    private final List<SimConnection> connections = new ArrayList<>();
    private int addresses;
    private final List<String> violations = new ArrayList<>();
    private final Map<InetSocketAddress, Rate> rates = new HashMap<>();
    private final Set<InetAddress> dead = new HashSet<>();
    private final Set<InetSocketAddress> reached = new HashSet<>();
    private final Mishaps mishaps;

    public SimNetwork(EventHeap events, Weather weather) {
        this(events, weather, Mishaps.NONE);
    }

    public SimNetwork(EventHeap events, Weather weather, Mishaps mishaps) {
        this.events = events;
        this.weather = weather;
        this.mishaps = mishaps;
    }

    /** A server begins to listen under a name, which gets an address of its own; whoever had the name before keeps only the old address. */
    public void listen(String host, int port, Acceptor acceptor) {
        int number = ++addresses;
        InetAddress address = address(host, new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        names.put(host, List.of(address));
        listeners.put(new InetSocketAddress(address, port), acceptor);
    }

    /** Nobody listens under a name any more, and nobody finds it. */
    public void leave(String host) {
        List<InetAddress> left = names.remove(host);
        if (left != null) {
            listeners.keySet().removeIf(each -> left.contains(each.getAddress()));
        }
    }

    private static InetAddress address(String host, byte[] number) {
        try {
            return InetAddress.getByAddress(host, number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> found = names.get(host);
        if (found == null || !mishaps.resolves(host)) {
            throw new UnknownHostException(host);
        }
        return mishaps.hasDeadAddress() ? withDeadFirst(host, found) : found;
    }

    private List<InetAddress> withDeadFirst(String host, List<InetAddress> found) {
        InetAddress nobody = address(host, new byte[] {10, 9, 9, 9});
        dead.add(nobody);
        return Stream.concat(Stream.of(nobody), found.stream()).toList();
    }

    @Override
    public Transport connect(Mailbox owner, InetSocketAddress address, Transport.Handler handler) {
        var connection = new SimConnection(events, weather, mishaps, owner, handler, violations::add);
        connections.add(connection);
        count(address);
        if (mishaps.lacksDescriptors()) {
            connection.client().fail(new SocketException("Too many open files"));
            return connection.client();
        }
        events.after(weather.delay(), () -> arrive(connection, address));
        return connection.client();
    }

    private void count(InetSocketAddress address) {
        Rate rate = rates.computeIfAbsent(address, any -> new Rate());
        long second = TimeUnit.NANOSECONDS.toSeconds(events.now());
        rate.connects = second == rate.second ? rate.connects + 1 : 1;
        rate.second = second;
        if (rate.connects == MOST_CONNECTS_A_SECOND + 1) {
            violations.add("more than " + MOST_CONNECTS_A_SECOND + " connections to " + address + " within a second");
        }
    }

    /** What clients did that they must not do. */
    public List<String> violations() {
        return violations;
    }

    private void arrive(SimConnection connection, InetSocketAddress address) {
        SimTransport client = connection.client();
        if (client.isClosed()) {
            return;
        }
        Mishaps.Arrival arrival = dead.contains(address.getAddress()) ? Mishaps.Arrival.LOST : mishaps.arrival();
        if (arrival == Mishaps.Arrival.LOST) {
            return;
        }
        Acceptor acceptor = arrival == Mishaps.Arrival.GOOD ? listeners.get(address) : null;
        ServerEnd server = acceptor == null ? null : acceptor.accept(connection);
        if (server == null && arrival != Mishaps.Arrival.SILENT) {
            IOException refused = new ConnectException("Connection refused");
            events.after(weather.delay(), () -> client.fail(refused));
        } else {
            if (server != null) {
                connection.accepted(server);
            }
            if (!reached.add(address)) {
                mishaps.onReconnected();
            }
            String text = address.getAddress().getHostAddress() + ":" + address.getPort();
            events.after(weather.delay(), () -> client.open(text));
        }
    }

    /** Lines that were narrow or not read are as good as others again; with acks 0 nobody would notice and leave them. */
    public void heal() {
        connections.forEach(SimConnection::clear);
    }

    /** How many connections the producer has not closed. */
    public int open() {
        return (int) connections.stream()
                .filter(connection -> !connection.client().isClosed())
                .count();
    }

    /** How many connections there were. */
    public int total() {
        return connections.size();
    }
}
