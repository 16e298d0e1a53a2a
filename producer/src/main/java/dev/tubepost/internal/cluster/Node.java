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

    private static final int MAX_PORT = 65_535;

    /** A DNS name has at most 253 characters. */
    private static final int MAX_HOST_CHARS = 255;

    /**
     * Whether there can be a broker at what a broker told (F31). A host has only characters that Kafka takes in {@code advertised.listeners}, so that it can
     * appear in messages as it is.
     */
    public static boolean isSensible(int id, String host, int port) {
        return id >= 0
                && port > 0
                && port <= MAX_PORT
                && !host.isEmpty()
                && host.length() <= MAX_HOST_CHARS
                && host.charAt(0) != '-'
                && isOfHost(host);
    }

    private static boolean isOfHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (!isOfHost(host.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfHost(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._:%".indexOf(c) >= 0;
    }

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
