package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A partitioner threw, or returned null or a partition that does not exist. Thrown at the call, with nothing queued; for a topic that
 * was not known yet, it is the cause of the message's {@link MessageRejectedException}. Other messages are not affected.
 */
public final class PartitioningException extends TubepostException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which partitioner, for which topic, and what it did
     * @param cause what the partitioner threw, if it threw
     */
    public PartitioningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
