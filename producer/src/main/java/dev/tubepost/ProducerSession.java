package dev.tubepost;

import dev.tubepost.serialize.Serializer;
import java.time.Duration;

/**
 * Producers for many topics with one set of options, one memory bound, and one connection per leader. <em>Thread-safe.</em>
 */
public interface ProducerSession extends AutoCloseable {

    /** A producer of this session for a topic. Stopping it stops that producer alone. */
    <K, V> Producer<K, V> producer(Topic topic, Serializer<? super K, ? super V> serializer);

    /** A producer of raw bytes of this session for a topic. */
    Producer<byte[], byte[]> producer(Topic topic);

    /**
     * Sends everything at once, and waits until every message accepted before the call has its outcome and its report.
     *
     * @return whether that was so in time
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     * @throws IllegalStateException if called from a callback or listener of this session
     */
    boolean flush(Duration timeout);

    /**
     * Stops all producers of the session, sends what is queued, and waits up to the given time; the rest is reported as failed.
     */
    StopResult stop(Duration timeout);

    /**
     * {@link #stop} with the options' pending timeout, for good.
     *
     * @throws UndeliveredException if a message of this session was not delivered
     */
    @Override
    void close();
}
