package dev.tubepost;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in the making. <em>Confined to one thread until produced.</em> It can be produced once.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Draft<K, V> {

    /** Sets the key. */
    Draft<K, V> key(@Nullable K key);

    /** Sets the timestamp; null means the time of {@code produce}, by the wall clock. */
    Draft<K, V> timestamp(@Nullable Instant timestamp);

    /**
     * Sets the partition, instead of asking the partitioner.
     *
     * <p>One that the topic does not have makes {@link #produce} throw a {@link PartitioningException}; if the topic is not known yet, the message fails
     * with a {@link MessageRejectedException} of which that is the cause.
     *
     * @throws IllegalArgumentException if negative
     */
    Draft<K, V> partition(int partition);

    /** Adds a header; names may repeat, and keep their order (KIP-82). The value is copied when the message is produced. */
    Draft<K, V> header(String name, byte @Nullable [] value);

    /** Hands the message over, as {@link Producer#produce(Object, Object, Instant)} does. If there was no room, it can be tried again. */
    Message<K, V> produce();

    /** Hands the message over, as {@link Producer#tryProduce} does. */
    @Nullable
    Message<K, V> tryProduce();
}
