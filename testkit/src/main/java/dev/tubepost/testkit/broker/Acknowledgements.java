package dev.tubepost.testkit.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which messages the client knows to be written: they must not be sent again. So without idempotence, too, there are no duplicates but of messages with an
 * attempt of which the client knows no good end (I4). <em>Confined to the run's thread.</em>
 */
final class Acknowledgements {

    private final ModelCluster cluster;
    private final Map<String, Long> readNanos = new HashMap<>();

    Acknowledgements(ModelCluster cluster) {
        this.cluster = cluster;
    }

    /** The client has read that they are written. */
    void onRead(List<String> values) {
        long now = cluster.events().now();
        values.forEach(value -> readNanos.putIfAbsent(value, now));
    }

    /** They came, in a request whose first byte was written then. */
    void onCame(List<String> values, long writtenNanos) {
        for (String value : values) {
            Long read = readNanos.get(value);
            if (read != null && read < writtenNanos) {
                cluster.violation(value + " was sent again after it had been acknowledged");
            }
        }
    }
}
