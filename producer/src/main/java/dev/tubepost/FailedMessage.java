package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A message that failed, as bytes, with the reason. <em>The arrays are the receiver's.</em>
 *
 * @param topic the topic's name
 * @param partition the partition, or -1 if none was chosen
 * @param key the serialized key, or null
 * @param value the serialized value, or null
 * @param timestampMillis the message's timestamp in milliseconds since the epoch
 * @param failure the reason; {@link DeliveryException#maybeWritten()} tells whether it may be in the log all the same
 */
@SuppressWarnings("ArrayRecordComponent")
public record FailedMessage(
        String topic,
        int partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        long timestampMillis,
        DeliveryException failure) {}
