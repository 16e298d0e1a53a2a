package dev.tubepost;

/**
 * Told about every outcome of a session, on its report thread, in order per partition. What it throws is logged, and ends nothing.
 * While it blocks, no further report is given, and in time producing blocks too; sending goes on. A produce in it, or in what depends on a future, does not wait for
 * room: it is refused if there is none.
 */
public interface DeliveryListener {

    /** A batch of messages was delivered; with {@code requiredAcks(0)}, it was sent. */
    default void onDelivered(DeliveredBatch batch) {}

    /** A message failed: one call for each. */
    default void onFailure(FailedMessage message) {}
}
