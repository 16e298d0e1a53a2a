package dev.tubepost.internal.cluster;

/**
 * A broker's address, as the cluster advertises it. <em>Immutable.</em>
 *
 * @param id the node id
 * @param host the host name or address
 * @param port the port
 */
public record Node(int id, String host, int port) {

    @Override
    public String toString() {
        return "broker " + id + " at " + host + ":" + port;
    }
}
