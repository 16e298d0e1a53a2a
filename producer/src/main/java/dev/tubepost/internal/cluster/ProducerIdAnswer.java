package dev.tubepost.internal.cluster;

import dev.tubepost.protocol.ErrorCode;

/**
 * A producer id, or why there is none. <em>Immutable.</em>
 *
 * @param error NONE, or what stands against it for as long as nobody changes something
 * @param producerId the id, if there was no error
 * @param epoch its epoch
 * @param broker who answered, for messages
 */
public record ProducerIdAnswer(ErrorCode error, long producerId, short epoch, String broker) {}
