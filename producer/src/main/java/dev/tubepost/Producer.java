package dev.tubepost;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages over for one topic, asynchronously. <em>Thread-safe.</em>
 *
 * <p>No method waits for metadata or for the network unless its description says so: messages for a topic that is not known yet are
 * kept in a bounded backlog; if no broker knows it, and none creates it, they fail after ten seconds. Bad arguments, a full queue, and a
 * stopped producer throw at the call, with nothing queued; everything later arrives exactly once, in the {@link Message}, its future, the
 * delivery report, and the listener.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Producer<K, V> extends AutoCloseable {

    /**
     * Hands over a message without a key; a null value is a tombstone, which differs from an empty value.
     *
     * <p>Blocks only if the queue is full and {@link ProducerOptions#blockOnQueueFull()}, for at most
     * {@link ProducerOptions#blockTimeout()}; or if {@link ProducerOptions#sync()}, until the message is acknowledged or the pending
     * timeout is over.
     *
     * @return the message, which tells what becomes of it
     * @throws ProducerStoppedException if the producer is stopped, or not started yet
     * @throws IllegalStateException with {@code sync}, if called from a callback or listener of this producer's session: it would wait for itself
     * @throws ProducerQueueFullException if the queue is full and stays so for as long as this call may block; in a callback or listener of this producer's
     *     session, which does not wait, as what makes room may be reported behind it, if it is full
     * @throws MessageTooLargeException if the message cannot fit a request or the memory bound
     * @throws PartitioningException if the partitioner throws, or returns none of the topic's partitions; if the topic is not known yet, the message
     *     fails later, with a {@link MessageRejectedException} of which that is the cause
     * @throws ProducerInterruptedException if interrupted while blocked; the flag is restored; with {@code sync}, the message may still
     *     be delivered
     * @throws DeliveryException only with {@code sync}: what went wrong
     * @throws RuntimeException what the {@link dev.tubepost.serialize.Serializer} throws, as it is; nothing was queued
     */
    Message<K, V> produce(@Nullable V value);

    /** As {@link #produce(Object)}, with a key: the record's key, and what the partitioner may choose by. */
    Message<K, V> produce(@Nullable V value, @Nullable K key);

    /**
     * As {@link #produce(Object, Object)}, with a timestamp; null means now, by the wall clock.
     *
     * @throws IllegalArgumentException if it lies before 1970, or in milliseconds beyond a {@code long}; nothing was queued
     */
    Message<K, V> produce(@Nullable V value, @Nullable K key, @Nullable Instant timestamp);

    /** A message in the making, for headers, an explicit partition, or a timestamp. */
    Draft<K, V> draft(@Nullable V value);

    /**
     * As {@link #produce(Object, Object)}, but never blocks: also not with {@code sync}.
     *
     * @return the message, or null if the queue is full and nothing was queued
     */
    @Nullable
    Message<K, V> tryProduce(@Nullable V value, @Nullable K key);

    /**
     * As {@link #produce(Object, Object)} without a handle and without allocation; failures reach the
     * {@link ProducerOptions#deliveryListener()} only, and there is no delivery report. It waits for room as that does, and for nothing else: not
     * for the outcome with {@code sync}.
     */
    void post(@Nullable V value, @Nullable K key);

    /** Completed when the queues have room again; at once if they have. Completed on the report thread. */
    CompletableFuture<Void> whenWritable();

    /** A subscriber that produces every draft it is given, and requests as many as there is room for. Each call makes one, for one subscription.
     * Delivery reports, if they are on, go to the queue of the thread that calls this. */
    DraftSubscriber<K, V> subscriber();

    /**
     * The queue of the calling thread, on which one report for each message that this thread produces is posted. The queue may be
     * handed to another thread.
     *
     * @throws IllegalStateException if {@link ProducerOptions#deliveryReports()} is off
     */
    DeliveryReports<K, V> deliveryReports();

    /**
     * Starts a producer that was made with {@code autoStart(false)}, or that was stopped. Starting twice has no effect.
     *
     * @throws IllegalStateException if it is closed; or if it is one of a {@link ProducerSession} that is stopped, or closed
     */
    void start();

    /**
     * Sends everything of this producer's session at once, whatever linger says, and waits until every message accepted before the call
     * has its outcome and its report.
     *
     * @param timeout 0 or less to look only; {@link ProducerOptions#FOREVER} for as long as it takes
     * @return whether that was so in time
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     * @throws IllegalStateException if called from a callback or listener of this producer's session
     */
    boolean flush(Duration timeout);

    /** {@link #flush(Duration)} without a bound of its own: every message has its outcome by the delivery timeout. */
    default boolean flush() {
        return flush(Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * Stops accepting, sends everything at once, waits up to the given time, and reports as failed what could not be sent. The producer
     * can be started again. Stopping twice has no effect.
     *
     * @param timeout 0 or less not to wait; {@link ProducerOptions#FOREVER} for as long as it takes
     * @return what became of the messages of this producer's session that were pending
     * @throws ProducerInterruptedException if interrupted; the flag is restored, and what is left is reported as failed at once
     * @throws IllegalStateException if called from a callback or listener of this producer's session
     */
    StopResult stop(Duration timeout);

    /** {@link #stop(Duration)} with {@link ProducerOptions#pendingTimeout()}. */
    StopResult stop();

    /**
     * {@link #stop()} for good.
     *
     * @throws UndeliveredException if any message of this producer's session was not delivered since it was made, but for those that
     *     were cancelled; of a {@link ProducerSession}'s producer it is the session's close that throws this
     * @throws ProducerInterruptedException if interrupted; the flag is restored, and what is left is reported as failed at once
     * @throws IllegalStateException if called from a callback or listener of this producer's session
     */
    @Override
    void close();
}
