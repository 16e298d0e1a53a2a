package dev.tubepost;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A subscriber that produces every draft it is given, in order, and requests as many as there is room for. <em>Thread-safe.</em> For one
 * subscription, and for drafts of the producer that made it.
 *
 * <p>A draft for which there is no room after all waits here; only when it is produced does the producer know of it, and flushes, stops and closes wait for it. So wait for
 * {@link #produced()} before them.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface DraftSubscriber<K, V> extends Flow.Subscriber<Draft<K, V>> {

    /**
     * Completed when the publisher has no more and all that it gave is produced, with the number of messages; then {@link Producer#flush()} waits for their
     * outcomes.
     *
     * <p>If a draft could not be produced (too large, the serializer or the partitioner failed, of another producer), the others go on; then this fails in the end with the first of these
     * exceptions, and the log has each. If the publisher failed, it fails with that. If the producer was stopped, the subscription is cancelled, and this fails with {@link ProducerStoppedException}: what
     * waited here was not produced.
     *
     * <p>What depends on it runs on the thread that produced the last draft, which is the publisher's or the report thread.
     */
    CompletableFuture<Long> produced();
}
