package dev.tubepost.testkit.sim;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.testkit.broker.Content;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message that the producer accepted, and what was heard of it. <em>Confined to the run's thread.</em> */
final class Sent {

    final String text;

    /** What stands before the padding, and tells it from others. */
    final String value;

    final int caller;
    final int topic;
    final int partition;
    final long acceptedNanos;

    /** Null if it was posted without one. */
    final @Nullable Message<String, String> handle;

    final boolean wantsFuture;

    int reports;
    int failuresHeard;
    int futuresDone;
    long futureDoneNanos;
    boolean cancelled;

    @Nullable
    DeliveryException failure;

    /** @param text the value, with what makes it larger */
    Sent(
            String text,
            int caller,
            int topic,
            int partition,
            long acceptedNanos,
            @Nullable Message<String, String> handle,
            boolean wantsFuture) {
        this.text = text;
        this.value = Book.id(text);
        this.caller = caller;
        this.topic = topic;
        this.partition = partition;
        this.acceptedNanos = acceptedNanos;
        this.handle = handle;
        this.wantsFuture = wantsFuture;
    }

    /** The fingerprint of what was handed over: a draft has a header and no key. */
    long content() {
        boolean isDraft = handle != null && handle.key() == null;
        return isDraft
                ? Content.of(null, text, Map.of("h", new byte[] {1}))
                : Content.of(Integer.toString(partition), text, Map.of());
    }

    /** Whether the producer calls it delivered; a message without a handle is that unless the listener heard otherwise. */
    boolean isDelivered() {
        return handle == null ? failure == null : handle.isDone() && handle.failure() == null;
    }

    boolean isDone() {
        return handle == null || handle.isDone();
    }

    @Nullable
    DeliveryException failure() {
        return handle == null ? failure : handle.failure();
    }

    @Override
    public String toString() {
        return value + " to " + topic + "/" + partition;
    }
}
