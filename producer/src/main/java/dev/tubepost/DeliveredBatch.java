package dev.tubepost;

import java.time.Duration;

/**
 * Messages of one partition that were delivered together. <em>Immutable.</em>
 *
 * @param topic the topic's name
 * @param partition the partition
 * @param baseOffset the first message's offset; -1 if unknown, and with {@code requiredAcks(0)}
 * @param messages how many messages
 * @param bytes the size of the record batch on the wire, in bytes
 * @param attempts how often it was sent
 * @param elapsed from the first message's {@code produce} to the outcome
 */
public record DeliveredBatch(
        String topic, int partition, long baseOffset, int messages, int bytes, int attempts, Duration elapsed) {}
