package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * No broker that could take the message accepted this client's identity, or the identity may not write to the topic.
 * <em>Immutable.</em>
 */
public final class AuthenticationFailedException extends DeliveryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public AuthenticationFailedException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    private AuthenticationFailedException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, details, cause, traced);
    }

    @Override
    public AuthenticationFailedException forCaller() {
        return new AuthenticationFailedException(text(), details(), this, true);
    }
}
