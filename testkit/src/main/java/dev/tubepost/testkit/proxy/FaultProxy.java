package dev.tubepost.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A proxy in front of each broker of a real cluster. <em>Thread-safe.</em>
 *
 * <p>It changes no addresses in replies: the brokers are told to advertise the proxy's. So open it first, then start the brokers, then tell it where they
 * listen:
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.open(3)) {
 *     var builder = EmbeddedKafka.builder().brokers(3).listener("PROXIED", "PLAINTEXT");
 *     for (int broker = 1; broker <= 3; broker++) {
 *         builder.advertise(broker, "PROXIED", proxy.address(broker));
 *     }
 *     try (var kafka = builder.start()) {
 *         proxy.forward(kafka.bootstrapServers("PROXIED"));
 *         proxy.script(frame -> frame.isProduceReply() ? Fate.drop() : Fate.pass());
 *         // a producer for proxy.bootstrapServers()
 *     }
 * }
 * }</pre>
 *
 * <p>Loopback only. Each connection has four threads, which end with it.
 */
public final class FaultProxy implements AutoCloseable {

    private final List<Gate> gates = new ArrayList<>();
    private volatile Script script = Script.PASS;
    private volatile Line line = Line.GOOD;

    private FaultProxy() {}

    /**
     * Begins to listen for so many brokers, numbered from 1 on; connections are refused until {@link #forward} says where they go.
     *
     * @throws UncheckedIOException if there is no free port
     */
    public static FaultProxy open(int brokers) {
        var proxy = new FaultProxy();
        try {
            for (int broker = 1; broker <= brokers; broker++) {
                proxy.gates.add(new Gate(proxy, broker));
            }
        } catch (IOException e) {
            proxy.close();
            throw new UncheckedIOException("no port to listen on", e);
        }
        return proxy;
    }

    /** Where a broker's clients connect to: {@code host:port}. */
    public String address(int broker) {
        return gate(broker).address();
    }

    /** All addresses, as clients want them. */
    public String bootstrapServers() {
        return String.join(",", gates.stream().map(Gate::address).toList());
    }

    /**
     * Says where the brokers are.
     *
     * @param addresses {@code host:port} of each, in their order, with commas in between
     */
    public void forward(String addresses) {
        String[] each = addresses.split(",", -1);
        if (each.length != gates.size()) {
            throw new IllegalArgumentException(gates.size() + " addresses are needed, not " + addresses);
        }
        for (int i = 0; i < each.length; i++) {
            int colon = each[i].lastIndexOf(':');
            gates.get(i)
                    .forward(new InetSocketAddress(
                            each[i].substring(0, colon), Integer.parseInt(each[i].substring(colon + 1))));
        }
    }

    /** What becomes of each request and reply from now on. */
    public void script(Script next) {
        script = next;
    }

    /** What connections are like from now on, those that there are, too. */
    public void line(Line next) {
        line = next;
    }

    /** Resets all connections of a broker. */
    public void cutAll(int broker) {
        gate(broker).cutAll();
    }

    /** How many connections of a broker are open. */
    public int connections(int broker) {
        return gate(broker).connections();
    }

    Script script() {
        return script;
    }

    Line line() {
        return line;
    }

    private Gate gate(int broker) {
        if (broker < 1 || broker > gates.size()) {
            throw new IllegalArgumentException("There is no broker " + broker + " among 1 to " + gates.size());
        }
        return gates.get(broker - 1);
    }

    /** Resets all connections, and listens no more. */
    @Override
    public void close() {
        gates.forEach(Gate::close);
    }
}
