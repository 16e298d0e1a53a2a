package dev.tubepost;

import dev.tubepost.serialize.Serializer;
import java.time.Duration;

/**
 * Producers for many topics with one set of options, one memory bound, and one connection per leader. <em>Thread-safe.</em>
 */
public interface ProducerSession extends AutoCloseable {

    /**
     * A producer of this session for a topic.
     *
     * <p>Its {@code flush} is the session's. Its {@code stop} and {@code close} stop it alone, and wait for what the session has; what is left for its topic
     * when their time is over is reported as failed, that of another producer of this session for the same topic, too. What was not delivered is not
     * thrown by its {@code close}, but by the session's.
     *
     * @throws IllegalStateException if the session is closed
     */
    <K, V> Producer<K, V> producer(Topic topic, Serializer<? super K, ? super V> serializer);

    /** As {@link #producer(Topic, Serializer)}, of raw bytes. */
    Producer<byte[], byte[]> producer(Topic topic);

    /**
     * Sends everything at once, and waits until every message accepted before the call has its outcome and its report.
     *
     * @param timeout 0 or less to look only; {@link ProducerOptions#FOREVER} for as long as it takes
     * @return whether that was so in time
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     * @throws IllegalStateException if called from a callback or listener of this session
     */
    boolean flush(Duration timeout);

    /**
     * Stops all producers of the session, sends what is queued, and waits up to the given time; the rest is reported as failed. The session can be started
     * again.
     *
     * @param timeout 0 or less not to wait; {@link ProducerOptions#FOREVER} for as long as it takes
     * @throws ProducerInterruptedException if interrupted; the flag is restored, and what is left is reported as failed at once
     * @throws IllegalStateException if called from a callback or listener of this session
     */
    StopResult stop(Duration timeout);

    /**
     * Lets the session's producers go on after a {@link #stop}, but for those that were stopped by themselves. Starting twice has no effect.
     *
     * @throws IllegalStateException if the session is closed
     */
    void start();

    /**
     * {@link #stop} with the options' pending timeout, for good.
     *
     * @throws UndeliveredException if a message of this session was not delivered
     * @throws ProducerInterruptedException if interrupted; the flag is restored, and what is left is reported as failed at once
     * @throws IllegalStateException if called from a callback or listener of this session
     */
    @Override
    void close();
}
