package dev.tubepost.internal.batch;

/**
 * What a batch of an idempotent producer is known by to the broker, from its first attempt on (KIP-98). <em>Immutable.</em>
 *
 * @param producerId the producer's id
 * @param epoch its epoch
 * @param sequence the first record's sequence number; the next record's is one more, and after 2^31-1 comes 0
 * @param order its place among the stamped batches of its partition: grows, and never wraps
 */
public record Stamp(long producerId, short epoch, int sequence, long order) {}
