package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * Another producer took this one's place: it has the same identity, and started later. This producer's session is over.
 * <em>Immutable.</em>
 */
public final class ProducerFencedException extends DeliveryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public ProducerFencedException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    private ProducerFencedException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, details, cause, traced);
    }

    @Override
    public ProducerFencedException forCaller() {
        return new ProducerFencedException(text(), details(), this, true);
    }
}
