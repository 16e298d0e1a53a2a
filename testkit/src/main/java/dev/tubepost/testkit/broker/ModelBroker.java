package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.net.Acceptor;
import dev.tubepost.testkit.net.ServerEnd;
import dev.tubepost.testkit.net.SimConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One broker: up or down, and as far behind as it is told to be. <em>Confined to the run's thread.</em> */
public final class ModelBroker implements Acceptor {

    private final ModelCluster cluster;
    private final int id;
    private final VersionProfile profile;
    private final Set<BrokerConnection> connections = new LinkedHashSet<>();
    private String host;
    private boolean up = true;
    private boolean retired;
    private long lagNanos;

    ModelBroker(ModelCluster cluster, int id, VersionProfile profile) {
        this.cluster = cluster;
        this.id = id;
        this.profile = profile;
        this.host = "broker" + id;
    }

    @Override
    public @Nullable ServerEnd accept(SimConnection connection) {
        if (!up) {
            return null;
        }
        var end = new BrokerConnection(this, connection);
        connections.add(end);
        return end;
    }

    /** Breaks all connections, and refuses new ones until {@link #start}. */
    public void stop() {
        up = false;
        cutAll();
    }

    /** Is no more in the cluster: nobody tells of it. */
    public void retire() {
        stop();
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    public void start() {
        up = true;
    }

    /** Breaks all connections. */
    public void cutAll() {
        List.copyOf(connections).forEach(BrokerConnection::die);
        connections.clear();
    }

    /** Nothing that is answered from now on reaches those who are connected now; what they send is served. */
    public void muteAll() {
        connections.forEach(BrokerConnection::mute);
    }

    void forget(BrokerConnection connection) {
        connections.remove(connection);
    }

    public boolean isUp() {
        return up;
    }

    public boolean hasConnections() {
        return !connections.isEmpty();
    }

    public int id() {
        return id;
    }

    String host() {
        return host;
    }

    /** The broker has another name from now on; connections to the old one stay. */
    void host(String now) {
        host = now;
    }

    VersionProfile profile() {
        return profile;
    }

    ModelCluster cluster() {
        return cluster;
    }

    long lagNanos() {
        return lagNanos;
    }

    /** How old the broker's knowledge of leaders is. */
    public void lag(long nanos) {
        lagNanos = nanos;
    }

    @Override
    public String toString() {
        return "broker " + id;
    }
}
