package dev.tubepost.internal.report;

import dev.tubepost.DeliveryException;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.StopResult;
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

    /** What the caller took back is no failure: nobody has to be told of it at the end. */
    void failed(int messages, DeliveryException cause) {
        if (messages == 0 || cause instanceof MessageCancelledException) { // none: each of the batch was taken back
            return;
        }
        (cause.maybeWritten() ? maybeWritten : notWritten).addAndGet(messages);
        firstFailure.compareAndSet(null, cause);
    }

    /**
     * What there was at one time.
     *
     * @param done how many messages had ended, in whatever way
     */
    public record Counts(long done, long notWritten, long maybeWritten) {}

    /** What there is now. */
    public Counts counts() {
        long failed = notWritten() + maybeWritten();
        return new Counts(delivered() + failed, notWritten(), maybeWritten());
    }

    /** What has ended since then: all that was pending then, if it was waited for. */
    public StopResult since(Counts before) {
        Counts now = counts();
        return new StopResult(
                now.done - before.done, now.notWritten - before.notWritten, now.maybeWritten - before.maybeWritten);
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
