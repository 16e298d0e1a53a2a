package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * No broker that could take the message let this client in (a password, a certificate), or could prove who it is itself; or this client may not
 * write to the topic, with {@link #errorName()} {@code TOPIC_AUTHORIZATION_FAILED}. <em>Immutable.</em>
 *
 * <p>It comes without waiting for the delivery timeout: as soon as a broker has refused twice in a row to let this client in, or once to take anything
 * for the topic, wherever the message is then. The client goes on trying, with pauses of up to ten times {@link ClusterOptions#reconnectBackoffMax()},
 * and delivers again when the cause is mended.
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
