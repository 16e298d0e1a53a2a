package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.net.SimConnection;
import java.util.concurrent.TimeUnit;

/** Whether a client that was told to wait does, as one connection sees it (F19). <em>Confined to the run's thread.</em> */
final class Throttle {

    private final ModelCluster cluster;
    private final SimConnection connection;
    private long sinceNanos;
    private long untilNanos;

    Throttle(ModelCluster cluster, SimConnection connection) {
        this.cluster = cluster;
        this.connection = connection;
    }

    /** The client has read that it is to wait for so long; what it could not write before may still come. */
    void onThrottled(int millis) {
        if (millis > 0 && !connection.clientWaitsForRoom()) {
            sinceNanos = cluster.events().now();
            untilNanos = Math.max(untilNanos, sinceNanos + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /** A request came, whose first byte was written then. */
    void onRequest(Object what, long writtenNanos) {
        if (writtenNanos > sinceNanos && writtenNanos < untilNanos) {
            cluster.violation(what + " was sent " + TimeUnit.NANOSECONDS.toMillis(untilNanos - writtenNanos)
                    + " ms before the time was over for which the client is throttled");
        }
    }
}
