package dev.tubepost.testkit;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.ProducerInterruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A message that a {@link MockProducer} took: what the caller got, and what the test looks at. <em>Thread-safe.</em>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class MockMessage<K, V> implements Message<K, V> {

    /**
     * A header of the message. <em>Immutable, if nobody writes into the array.</em>
     *
     * @param name its name
     * @param value its value, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Header(String name, byte @Nullable [] value) {}

    private final MockProducer<K, V> producer;
    private final @Nullable K key;
    private final @Nullable V value;
    private final int partition;
    private final Instant timestamp;
    private final List<Header> headers;
    private final CompletableFuture<Message<K, V>> delivered = new CompletableFuture<>();
    private volatile long offset = -1;
    private volatile @Nullable DeliveryException failure;

    MockMessage(
            MockProducer<K, V> producer,
            @Nullable K key,
            @Nullable V value,
            int partition,
            Instant timestamp,
            List<Header> headers) {
        this.producer = producer;
        this.key = key;
        this.value = value;
        this.partition = partition;
        this.timestamp = timestamp;
        this.headers = List.copyOf(headers);
    }

    @Override
    public @Nullable V value() {
        return value;
    }

    @Override
    public @Nullable K key() {
        return key;
    }

    @Override
    public String topic() {
        return producer.topic();
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Instant timestamp() {
        return timestamp;
    }

    /** 1 once it is delivered or has failed, else 0. */
    @Override
    public int attempts() {
        return isDone() ? 1 : 0;
    }

    @Override
    public boolean isDone() {
        return offset >= 0 || failure != null;
    }

    @Override
    public @Nullable DeliveryException failure() {
        return failure;
    }

    @Override
    public CompletableFuture<Message<K, V>> delivered() {
        return delivered.copy();
    }

    @Override
    public boolean await(Duration timeout) {
        try {
            delivered.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // it has failed, which is an outcome, too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProducerInterruptedException("interrupted while waiting for a message", e);
        }
    }

    @Override
    public boolean cancel() {
        return producer.cancel(this);
    }

    /** The headers that it was given, in order. */
    public List<Header> headers() {
        return headers;
    }

    void succeed(long at) {
        offset = at;
    }

    void fail(DeliveryException cause) {
        failure = cause;
    }

    /** Completes the future, outside of any lock. */
    void tell() {
        DeliveryException cause = failure;
        if (cause == null) {
            delivered.complete(this);
        } else {
            delivered.completeExceptionally(cause);
        }
    }

    @Override
    public String toString() {
        return topic() + "-" + partition + ": " + key + " = " + value;
    }
}
