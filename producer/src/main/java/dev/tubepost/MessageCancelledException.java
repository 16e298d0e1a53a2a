package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * The message was taken back by {@link Message#cancel()} before anything of its batch was sent. It was not written.
 * <em>Immutable.</em>
 */
public final class MessageCancelledException extends DeliveryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public MessageCancelledException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    private MessageCancelledException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, details, cause, traced);
    }

    @Override
    public MessageCancelledException forCaller() {
        return new MessageCancelledException(text(), details(), this, true);
    }
}
