package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.net.Acceptor;
import dev.tubepost.testkit.net.ServerEnd;
import dev.tubepost.testkit.net.SimConnection;
import java.util.ArrayList;
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
    private final List<Runnable> stopped = new ArrayList<>();
    private boolean up = true;
    private boolean retired;
    private boolean paused;
    private boolean asksToRebootstrap;
    private @Nullable ModelBroker hijacker;
    private long lagNanos;
    private int throttleMillis;

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
        if (hijacker != null) {
            return hijacker.accept(connection);
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

    /** Answers the next question for metadata with nothing but that everything is to be learnt anew (KIP-1102). */
    public void askToRebootstrap() {
        asksToRebootstrap = true;
    }

    boolean takeRebootstrap() {
        boolean asks = asksToRebootstrap;
        asksToRebootstrap = false;
        return asks;
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

    /** The process stands still: its connections stay, and what comes is looked at when it goes on (F17). */
    public void pause() {
        paused = true;
    }

    /** The process goes on where it stood, if it did. */
    public void resume() {
        paused = false;
        List<Runnable> now = List.copyOf(stopped);
        stopped.clear();
        now.forEach(Runnable::run);
    }

    public boolean isPaused() {
        return paused;
    }

    /** Does it as soon as the process runs. */
    void whenRunning(Runnable work) {
        if (paused) {
            stopped.add(work);
        } else {
            work.run();
        }
    }

    /** From now on a broker of another cluster answers at its address. */
    public void hijack() {
        cutAll();
        hijacker = cluster.foreign().broker(id);
    }

    /** It has its address for itself. */
    public void setFree() {
        if (hijacker != null) {
            hijacker.cutAll();
            hijacker = null;
        }
    }

    public boolean isHijacked() {
        return hijacker != null;
    }

    /** Closes the connections on which nothing is asked (F14); whether there was one. */
    public boolean closeIdle() {
        List<BrokerConnection> idle =
                connections.stream().filter(BrokerConnection::isIdle).toList();
        idle.forEach(BrokerConnection::hangUp);
        idle.forEach(connections::remove);
        return !idle.isEmpty();
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

    public VersionProfile profile() {
        return profile;
    }

    ModelCluster cluster() {
        return cluster;
    }

    long lagNanos() {
        return lagNanos;
    }

    int throttleMillis() {
        return throttleMillis;
    }

    /** For how long it asks for silence after each answer to a question (KIP-219). */
    public void throttleQuestions(int millis) {
        throttleMillis = millis;
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
