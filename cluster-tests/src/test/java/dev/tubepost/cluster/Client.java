package dev.tubepost.cluster;

import java.time.Duration;

/** A producer of one topic: ours, or Apache Kafka's. <em>Thread-safe.</em> */
interface Client extends AutoCloseable {

    /** Produces a message, which is told its report. */
    void send(Sent message);

    /** Waits for the reports of all that was sent; false if some are missing when the time is over. */
    boolean flush(Duration timeout);

    @Override
    void close();
}
