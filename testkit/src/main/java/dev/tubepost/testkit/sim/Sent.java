package dev.tubepost.testkit.sim;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import org.jspecify.annotations.Nullable;

/** One message that the producer accepted, and what was heard of it. <em>Confined to the run's thread.</em> */
final class Sent {

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
    boolean cancelled;

    @Nullable
    DeliveryException failure;

    Sent(
            String value,
            int caller,
            int topic,
            int partition,
            long acceptedNanos,
            @Nullable Message<String, String> handle,
            boolean wantsFuture) {
        this.value = value;
        this.caller = caller;
        this.topic = topic;
        this.partition = partition;
        this.acceptedNanos = acceptedNanos;
        this.handle = handle;
        this.wantsFuture = wantsFuture;
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
