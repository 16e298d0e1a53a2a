package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A message was refused: by the broker, with {@link #errorCode()}, or by this library, because it cannot be sent as it is. Sending it
 * again unchanged does not help, or may write it twice, unless {@link #isRetriable()}. <em>Immutable.</em>
 */
public final class MessageRejectedException extends DeliveryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public MessageRejectedException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    private MessageRejectedException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, details, cause, traced);
    }

    @Override
    public MessageRejectedException forCaller() {
        return new MessageRejectedException(text(), details(), this, true);
    }
}
