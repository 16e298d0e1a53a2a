package dev.tubepost;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message that was handed over, and what became of it. <em>Thread-safe.</em> It holds no buffer once done, so it may be kept.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Message<K, V> {

    /** The value as it was given. */
    @Nullable
    V value();

    /** The key as it was given. */
    @Nullable
    K key();

    /** The topic's name. */
    String topic();

    /** The partition, or -1 while it is not chosen. */
    int partition();

    /**
     * The offset in the partition; -1 until acknowledged, with {@code requiredAcks(0)}, and where the broker did not tell (a duplicate of
     * what it had written already).
     */
    long offset();

    /** The message's timestamp; once acknowledged, the broker's, if the topic uses log-append time. */
    Instant timestamp();

    /** How often it was sent so far: 1 for the first attempt; 0 while it waits. */
    int attempts();

    /** Whether it has its outcome. */
    boolean isDone();

    /** Why it failed, or null if it did not, or is not done. */
    @Nullable
    DeliveryException failure();

    /**
     * Completed with this message when it is delivered (with {@code requiredAcks(0)}: when it is sent), or failed with the
     * {@link DeliveryException}; on the report thread, or at once if it is done. Each call gives a future of its own, so that cancelling one has no
     * effect.
     */
    CompletableFuture<Message<K, V>> delivered();

    /**
     * Waits until the message has its outcome, for at most the given time; {@link #failure} then tells whether it was delivered. Whoever waits here goes on
     * sooner than with {@code delivered().get()}, since he need not wait for the report thread. Not to be called from a callback or listener, which
     * would hold up all reports.
     *
     * @param timeout zero or less to look only
     * @return whether it has its outcome
     * @throws ProducerInterruptedException if interrupted; the flag is restored, and the message goes on
     */
    boolean await(Duration timeout);

    /**
     * Takes the message back, if nothing of its batch was sent yet; its neighbours are not affected.
     *
     * @return whether it will not be sent; it then fails with a {@link DeliveryException} that was not written
     */
    boolean cancel();
}
