package dev.tubepost.internal.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A broker's address, as the cluster advertises it. <em>Immutable.</em>
 *
 * @param id the node id
 * @param host the host name or address
 * @param port the port
 */
public record Node(int id, String host, int port) {

    /** By hand: the first message would have to wait for what the JVM generates and links for a record's first comparison. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Node node && id == node.id && port == node.port && host.equals(node.host);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "broker " + id + " at " + host + ":" + port;
    }
}
