package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A message was not acknowledged within {@link ProducerOptions#deliveryTimeout()}, or within the time that a synchronous call or a stop
 * could wait for it. {@link #timeSpent()} tells what the time was spent on. <em>Immutable.</em>
 *
 * <p>If a synchronous call throws this because its own {@link ProducerOptions#pendingTimeout()} is over, its message is still on its way: it may be
 * delivered, and producing it again may write it twice, so it {@linkplain #maybeWritten() may be written} and is not
 * {@linkplain #isRetriable() retriable}. Otherwise the message has its outcome, as after any other call: ask
 * {@link #maybeWritten()}.
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
