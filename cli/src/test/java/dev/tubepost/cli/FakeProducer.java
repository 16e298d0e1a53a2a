package dev.tubepost.cli;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReports;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.StopResult;
import dev.tubepost.TimeSpent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A producer that delivers at once to partition 0, or does what a value asks for: {@code large} is refused at the call, {@code fail}
 * and {@code maybe} fail later, {@code full} finds no room the first time, {@code block} waits until interrupted. <em>Confined to the
 * input thread</em>, but for {@link #blocked}.
 */
final class FakeProducer implements Producer<byte[], byte[]> {

    private final DeliveryListener listener;
    private final List<String> sent = new ArrayList<>();
    final CountDownLatch blocked = new CountDownLatch(1);
    private boolean wasFull;
    private boolean flushed;

    FakeProducer(DeliveryListener listener) {
        this.listener = listener;
    }

    /** What was delivered, as {@code key=value}. */
    List<String> sent() {
        return sent;
    }

    boolean wasFlushed() {
        return flushed;
    }

    @Override
    public void post(byte @Nullable [] value, byte @Nullable [] key) {
        switch (text(value)) {
            case "large" -> throw new MessageTooLargeException(5, 4, "maxRequestSize");
            case "fail" ->
                listener.onFailure(new FailedMessage("t", 0, key, value, 0, failure("NOT_ENOUGH_REPLICAS", 19, false)));
            case "maybe" -> listener.onFailure(new FailedMessage("t", 0, key, value, 0, failure("NONE", 0, true)));
            case "full" -> throwOnce();
            case "block" -> block();
            default -> deliver(value, key);
        }
    }

    private void deliver(byte @Nullable [] value, byte @Nullable [] key) {
        listener.onDelivered(new DeliveredBatch("t", 0, sent.size(), 1, 70, 1, Duration.ofMillis(3)));
        sent.add(text(key) + "=" + text(value));
    }

    private void throwOnce() {
        if (!wasFull) {
            wasFull = true;
            throw new ProducerQueueFullException("no room");
        }
        deliver("full".getBytes(StandardCharsets.UTF_8), null);
    }

    private void block() {
        blocked.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new ProducerInterruptedException("interrupted", e);
        }
    }

    private static DeliveryException failure(String name, int code, boolean maybeWritten) {
        return new DeliveryException(
                "it failed",
                new DeliveryException.Details(
                        "t", 0, null, 1, Duration.ofMillis(1), TimeSpent.NONE, code, name, maybeWritten, false),
                null);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean flush(Duration timeout) {
        flushed = true;
        return true;
    }

    @Override
    public Message<byte[], byte[]> produce(byte @Nullable [] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Message<byte[], byte[]> produce(byte @Nullable [] value, byte @Nullable [] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Message<byte[], byte[]> produce(
            byte @Nullable [] value, byte @Nullable [] key, @Nullable Instant timestamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Draft<byte[], byte[]> draft(byte @Nullable [] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Message<byte[], byte[]> tryProduce(byte @Nullable [] value, byte @Nullable [] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> whenWritable() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DraftSubscriber<byte[], byte[]> subscriber() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryReports<byte[], byte[]> deliveryReports() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {}

    @Override
    public StopResult stop(Duration timeout) {
        return new StopResult(0, 0, 0);
    }

    @Override
    public StopResult stop() {
        return new StopResult(0, 0, 0);
    }

    @Override
    public void close() {}
}
