package dev.tubepost.testkit;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReports;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.Partition;
import dev.tubepost.PartitioningException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.TimeSpent;
import dev.tubepost.UndeliveredException;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.serialize.Serializer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A producer without brokers, for unit tests of programs that produce: it keeps what it is given, and the test says what becomes of it.
 * <em>Thread-safe.</em>
 *
 * <p>The verbs are those of kafka-clients' mock: {@link #history}, {@link #completeNext}, {@link #errorNext}, {@link #clear}. Futures, reports
 * and the listener are told in the thread that completes a message. A full producer never blocks: {@code produce} throws, {@code tryProduce}
 * gives null.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class MockProducer<K, V> implements Producer<K, V> {

    /** A message that has no outcome yet, and whom to tell. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Pending<K, V>(
            MockMessage<K, V> message,
            @Nullable MockReports<K, V> reports,
            byte @Nullable [] key,
            byte @Nullable [] value) {

        int bytes() {
            return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
    }

    private final String topic;
    private final Serializer<? super K, ? super V> serializer;
    private final List<Partition> partitions;
    private final @Nullable Partitioner partitioner;
    private final boolean autoComplete;
    private final int capacity;
    private final Clock clock;
    private final @Nullable DeliveryListener listener;
    private final @Nullable ThreadLocal<MockReports<K, V>> reports;

    private final ReentrantLock lock = new ReentrantLock();
    // ---- guarded by lock ----
    private final List<MockMessage<K, V>> history = new ArrayList<>();
    private final ArrayDeque<Pending<K, V>> pending = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final long[] nextOffsets;
    private int nextPartition;
    private boolean running = true;
    private boolean closed;
    private boolean flushed;
    private long notWritten;
    private long maybeWritten;
    private @Nullable DeliveryException firstFailure;

    MockProducer(MockProducerBuilder<K, V> from) {
        topic = from.topic;
        serializer = from.serializer;
        partitions = from.partitionList();
        partitioner = from.partitioner;
        autoComplete = from.autoComplete;
        capacity = from.capacity;
        clock = from.clock;
        listener = from.listener;
        reports = from.deliveryReports ? ThreadLocal.withInitial(MockReports::new) : null;
        nextOffsets = new long[partitions.size()];
    }

    /** Makes one for a topic; what is not said is: one partition, every message delivered at once. */
    public static <K, V> MockProducerBuilder<K, V> builder(String topic, Serializer<? super K, ? super V> serializer) {
        return new MockProducerBuilder<>(topic, serializer);
    }

    // ---- for the test ----

    /** Every message that was taken since the start or the last {@link #clear}, in order, whatever became of it. */
    public List<MockMessage<K, V>> history() {
        lock.lock();
        try {
            return List.copyOf(history);
        } finally {
            lock.unlock();
        }
    }

    /** Delivers the oldest message that has no outcome; false if there is none. */
    public boolean completeNext() {
        return finishNext(null);
    }

    /** Fails the oldest message that has no outcome; false if there is none. */
    public boolean errorNext(DeliveryException failure) {
        return finishNext(failure);
    }

    /**
     * Fails the oldest message that has no outcome, with an exception that says so; false if there is none.
     *
     * @param perhapsWritten what {@link DeliveryException#maybeWritten()} is to say
     */
    public boolean errorNext(boolean perhapsWritten) {
        return finishNext(new DeliveryException(
                "the mock producer was told to fail this message",
                new DeliveryException.Details(
                        topic, -1, null, 1, Duration.ZERO, TimeSpent.NONE, 0, "NONE", perhapsWritten, !perhapsWritten),
                null));
    }

    /** How many messages have no outcome. */
    public int pending() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the history and what was flushed; what is pending stays. */
    public void clear() {
        lock.lock();
        try {
            history.clear();
            flushed = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #flush} was called since the start or the last {@link #clear}. */
    public boolean flushed() {
        lock.lock();
        try {
            return flushed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} was called. */
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    String topic() {
        return topic;
    }

    // ---- produce ----

    @Override
    public Message<K, V> produce(@Nullable V value) {
        return produce(value, null, null);
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key) {
        return produce(value, key, null);
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key, @Nullable Instant timestamp) {
        return produce(value, key, timestamp, -1, List.of());
    }

    Message<K, V> produce(
            @Nullable V value,
            @Nullable K key,
            @Nullable Instant timestamp,
            int partition,
            List<MockMessage.Header> headers) {
        return orFull(tryProduce(value, key, timestamp, partition, headers));
    }

    private MockMessage<K, V> orFull(@Nullable MockMessage<K, V> message) {
        if (message == null) {
            throw new ProducerQueueFullException("the mock producer holds " + capacity
                    + " messages without an outcome, as many as it may: complete some");
        }
        return message;
    }

    @Override
    public @Nullable Message<K, V> tryProduce(@Nullable V value, @Nullable K key) {
        return tryProduce(value, key, null, -1, List.of());
    }

    @Override
    public void post(@Nullable V value, @Nullable K key) {
        orFull(take(value, key, null, -1, List.of(), null));
    }

    @Nullable
    MockMessage<K, V> tryProduce(
            @Nullable V value,
            @Nullable K key,
            @Nullable Instant timestamp,
            int partition,
            List<MockMessage.Header> headers) {
        return take(value, key, timestamp, partition, headers, ownReports());
    }

    /** The calling thread's report queue; null if reports are off. */
    private @Nullable MockReports<K, V> ownReports() {
        return reports == null ? null : reports.get();
    }

    /** @param toTell where the report goes; null if there is to be none */
    @Nullable
    MockMessage<K, V> take(
            @Nullable V value,
            @Nullable K key,
            @Nullable Instant timestamp,
            int partition,
            List<MockMessage.Header> headers,
            @Nullable MockReports<K, V> toTell) {
        byte[] keyBytes = serializer.serializeKey(key);
        byte[] valueBytes = serializer.serializeValue(value);
        Instant time = timestamp == null ? clock.instant() : timestamp;
        MockMessage<K, V> message;
        lock.lock();
        try {
            if (!running) {
                throw new ProducerStoppedException(
                        "the producer for " + topic + (closed ? " is closed" : " is not running: call start()"));
            }
            if (pending.size() >= capacity) {
                return null;
            }
            int chosen = choose(partition, keyBytes);
            message = new MockMessage<>(this, key, value, chosen, time, headers);
            history.add(message);
            pending.add(new Pending<>(message, toTell, keyBytes, valueBytes));
        } finally {
            lock.unlock();
        }
        if (autoComplete) {
            completeNext();
        }
        return message;
    }

    private int choose(int asked, byte @Nullable [] key) {
        if (asked >= partitions.size()) {
            throw new PartitioningException(
                    "topic " + topic + " has " + partitions.size() + " partitions, and no partition " + asked, null);
        }
        if (asked >= 0) {
            return asked;
        }
        if (partitioner != null) {
            return partitioner.partition(partitions, key).id();
        }
        return nextPartition++ % partitions.size();
    }

    // ---- outcomes ----

    private boolean finishNext(@Nullable DeliveryException failure) {
        Pending<K, V> next;
        lock.lock();
        try {
            next = pending.poll();
            if (next != null) {
                settle(next.message(), failure);
            }
        } finally {
            lock.unlock();
        }
        if (next == null) {
            return false;
        }
        tell(next, failure);
        return true;
    }

    private void settle(MockMessage<K, V> message, @Nullable DeliveryException failure) {
        if (failure == null) {
            message.succeed(nextOffsets[message.partition()]++);
            return;
        }
        message.fail(failure);
        if (failure instanceof MessageCancelledException) {
            return; // taken back by the caller: nobody misses it
        }
        firstFailure = firstFailure == null ? failure : firstFailure;
        if (failure.maybeWritten()) {
            maybeWritten++;
        } else {
            notWritten++;
        }
    }

    private void tell(Pending<K, V> done, @Nullable DeliveryException failure) {
        MockMessage<K, V> message = done.message();
        message.tell();
        if (done.reports() != null) {
            done.reports().add(message);
        }
        if (listener != null) {
            if (failure == null) {
                listener.onDelivered(new DeliveredBatch(
                        topic, message.partition(), message.offset(), 1, done.bytes(), 1, Duration.ZERO));
            } else {
                long millis = message.timestamp().toEpochMilli();
                listener.onFailure(
                        new FailedMessage(topic, message.partition(), done.key(), done.value(), millis, failure));
            }
        }
        openUp();
    }

    private void openUp() {
        List<CompletableFuture<Void>> writable = List.of();
        lock.lock();
        try {
            if (pending.size() < capacity) {
                writable = List.copyOf(waiting);
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
        writable.forEach(future -> future.complete(null));
    }

    boolean cancel(MockMessage<K, V> message) {
        var cause = new MessageCancelledException(
                "the message for " + topic + " was cancelled before it was sent",
                DeliveryException.Details.notSent(topic, message.partition(), Duration.ZERO, TimeSpent.NONE),
                null);
        Pending<K, V> found = null;
        lock.lock();
        try {
            for (Pending<K, V> each : pending) {
                if (each.message() == message) {
                    found = each;
                }
            }
            if (found != null) {
                pending.remove(found);
                settle(message, cause);
            }
        } finally {
            lock.unlock();
        }
        if (found == null) {
            return false;
        }
        tell(found, cause);
        return true;
    }

    // ---- back-pressure, reports ----

    @Override
    public Draft<K, V> draft(@Nullable V value) {
        return new MockDraft<>(this, value);
    }

    @Override
    public CompletableFuture<Void> whenWritable() {
        var writable = new CompletableFuture<Void>();
        lock.lock();
        try {
            waiting.add(writable);
        } finally {
            lock.unlock();
        }
        openUp();
        return writable;
    }

    @Override
    public DraftSubscriber<K, V> subscriber() {
        return new MockSubscriber<>(this, ownReports());
    }

    @Override
    public DeliveryReports<K, V> deliveryReports() {
        if (reports == null) {
            throw new IllegalStateException("delivery reports are off: set deliveryReports(true)");
        }
        return reports.get();
    }

    // ---- lifecycle ----

    @Override
    public void start() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the producer is closed, for good");
            }
            running = true;
        } finally {
            lock.unlock();
        }
    }

    /** Delivers everything that has no outcome. */
    @Override
    public boolean flush(Duration timeout) {
        lock.lock();
        try {
            flushed = true;
        } finally {
            lock.unlock();
        }
        while (completeNext()) {
            assert !autoComplete || pending() == 0;
        }
        return true;
    }

    /** Fails what has no outcome, as what could not be sent in time. */
    @Override
    public StopResult stop(Duration timeout) {
        lock.lock();
        try {
            running = false;
        } finally {
            lock.unlock();
        }
        long failed = 0;
        while (errorNext(false)) {
            failed++;
        }
        return new StopResult(failed, failed, 0);
    }

    @Override
    public StopResult stop() {
        return stop(Duration.ZERO);
    }

    @Override
    public void close() {
        stop();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (notWritten + maybeWritten > 0) {
                throw new UndeliveredException(notWritten, maybeWritten, firstFailure);
            }
        } finally {
            lock.unlock();
        }
    }
}
