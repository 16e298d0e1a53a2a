package dev.tubepost.internal.broker;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The exception for what is refused: one type for each cause, whether it is met in the answer to a Produce, while the message waits in a queue, or in
 * a backlog. Pure.
 */
public final class Refusals {

    private Refusals() {}

    /**
     * The exception.
     *
     * @param error what a broker answered, or NONE if this library refuses
     * @param cause what went wrong below, if anything did
     */
    public static DeliveryException of(
            ErrorCode error, String text, DeliveryException.Details details, @Nullable Throwable cause) {
        return switch (error) {
            case TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED ->
                new AuthenticationFailedException(text, details, cause);
            default -> new MessageRejectedException(text, details, cause);
        };
    }
}
