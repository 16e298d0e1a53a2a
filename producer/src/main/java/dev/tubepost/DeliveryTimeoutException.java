package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A message was not acknowledged within {@link ProducerOptions#deliveryTimeout()}, or within the time that a synchronous call or a stop
 * could wait for it. {@link #timeSpent()} tells what the time was spent on. <em>Immutable.</em>
 *
 * <p>A synchronous call that throws this leaves its message on its way: it may be delivered, and producing it again may write it twice, so it
 * {@linkplain #maybeWritten() may be written} and is not {@linkplain #isRetriable() retriable}.
 */
public final class DeliveryTimeoutException extends DeliveryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public DeliveryTimeoutException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    private DeliveryTimeoutException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, details, cause, traced);
    }

    @Override
    public DeliveryTimeoutException forCaller() {
        return new DeliveryTimeoutException(text(), details(), this, true);
    }
}
