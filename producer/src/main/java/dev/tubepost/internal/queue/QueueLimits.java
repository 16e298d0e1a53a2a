package dev.tubepost.internal.queue;

/**
 * What all queues of a session have in common. <em>Immutable.</em>
 *
 * @param batchBytes at how many bytes on the wire a batch is full
 * @param lingerNanos how long a batch may wait for more messages, from its first
 * @param deliveryNanos by when a message has its outcome, from its batch's first
 * @param chargeFactor how many times a segment's capacity is charged: 2 with compression, so that there is room for the compressed form
 */
public record QueueLimits(int batchBytes, long lingerNanos, long deliveryNanos, int chargeFactor) {

    /** The longest time that can be added to, and taken from, any time by the clock. */
    private static final long MOST_NANOS = Long.MAX_VALUE / 2;

    public QueueLimits {
        lingerNanos = Math.min(lingerNanos, MOST_NANOS);
        deliveryNanos = Math.min(deliveryNanos, MOST_NANOS);
    }

    /** Whether a closed batch has to be compressed before it can be sent, so that it is worth closing early. */
    public boolean compresses() {
        return chargeFactor > 1;
    }
}
