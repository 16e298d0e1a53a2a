package dev.tubepost;

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
     * {@link DeliveryException}; on the report thread. Each call gives a future of its own, so that cancelling one has no effect.
     */
    CompletableFuture<Message<K, V>> delivered();

    /**
     * Takes the message back, if nothing of its batch was sent yet; its neighbours are not affected.
     *
     * @return whether it will not be sent; it then fails with a {@link DeliveryException} that was not written
     */
    boolean cancel();
}
