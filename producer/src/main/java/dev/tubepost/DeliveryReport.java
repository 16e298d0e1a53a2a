package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message. <em>Immutable.</em>
 *
 * @param message the message
 * @param failure why it was not delivered, or null if it was (with {@code requiredAcks(0)}: if it was sent)
 */
public record DeliveryReport<K, V>(
        Message<K, V> message, @Nullable DeliveryException failure) {}
