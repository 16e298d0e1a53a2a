package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.Connection;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask next for metadata: the brokers that are known, in an order of chance, then the bootstrap addresses, and over again.
 * <em>Confined to the cluster actor.</em> Going back to the bootstrap addresses is what finds a cluster again whose brokers have all
 * moved (KIP-899, F43).
 */
final class Bootstrap {

    private final Env env;
    private final List<InetSocketAddress> addresses;
    private final ArrayDeque<Connection.Target> next = new ArrayDeque<>();
    private boolean seedsOnly;
    private Connection.@Nullable Target avoided;

    /**
     * @param addresses unresolved
     */
    Bootstrap(Env env, List<InetSocketAddress> addresses) {
        this.env = env;
        this.addresses = addresses;
    }

    /** The next one to ask. */
    Connection.Target next(ClusterView view) {
        if (next.isEmpty()) {
            refill(view);
        }
        Connection.Target first = next.remove();
        if (avoided != null && isSame(first, avoided) && !next.isEmpty()) {
            next.add(first);
            first = next.remove();
        }
        avoided = null;
        return first;
    }

    /** How many there are to ask. */
    int candidates(ClusterView view) {
        return addresses.size() + (seedsOnly ? 0 : view.nodes().size());
    }

    /** The one that was asked so far is not to be the next; whether there is another. */
    boolean avoid(Connection.Target target, ClusterView view) {
        boolean isAlone = view.nodes().values().stream().allMatch(node -> isSame(node.host(), node.port(), target))
                && addresses.stream().allMatch(seed -> isSame(seed.getHostString(), seed.getPort(), target));
        if (isAlone) {
            return false;
        }
        avoided = target;
        next.removeIf(each -> isSame(each, target));
        return true;
    }

    private static boolean isSame(Connection.Target one, Connection.Target other) {
        return isSame(one.host(), one.port(), other);
    }

    private static boolean isSame(String host, int port, Connection.Target other) {
        return port == other.port() && host.equals(other.host());
    }

    /** What was learnt leads astray: asks the bootstrap servers only, with their names resolved anew, until one has answered (KIP-1102). */
    void restart() {
        next.clear();
        seedsOnly = true;
    }

    /** Whether that was so, and none has answered since. */
    boolean isBeginningAnew() {
        return seedsOnly;
    }

    /** Somebody answered with the cluster as it is now. */
    void answered() {
        seedsOnly = false;
    }

    private void refill(ClusterView view) {
        var known = new ArrayList<Node>(seedsOnly ? List.of() : view.nodes().values());
        known.sort((a, b) -> Integer.compare(a.id(), b.id()));
        shuffle(known);
        for (Node node : known) {
            next.add(new Connection.Target(node.host(), node.port(), node.id(), view.clusterId()));
        }
        var seeds = new ArrayList<>(addresses);
        shuffle(seeds);
        for (InetSocketAddress seed : seeds) {
            next.add(new Connection.Target(seed.getHostString(), seed.getPort(), -1, null));
        }
    }

    private void shuffle(List<?> list) {
        RandomGenerator random = env.random();
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
