package dev.tubepost.internal.report;

import dev.tubepost.DeliveryException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many messages of a session ended how, since it was made. <em>Thread-safe.</em> Written per batch. */
public final class Tally {

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong notWritten = new AtomicLong();
    private final AtomicLong maybeWritten = new AtomicLong();
    private final AtomicReference<@Nullable DeliveryException> firstFailure = new AtomicReference<>();

    void delivered(int messages) {
        delivered.addAndGet(messages);
    }

    void failed(int messages, DeliveryException cause) {
        (cause.maybeWritten() ? maybeWritten : notWritten).addAndGet(messages);
        firstFailure.compareAndSet(null, cause);
    }

    /** Messages that were delivered, or sent with acks 0. */
    public long delivered() {
        return delivered.get();
    }

    /** Messages that failed and are not in the log. */
    public long notWritten() {
        return notWritten.get();
    }

    /** Messages that failed and may be in the log. */
    public long maybeWritten() {
        return maybeWritten.get();
    }

    /** The first failure there was, or null. */
    public @Nullable DeliveryException firstFailure() {
        return firstFailure.get();
    }
}
