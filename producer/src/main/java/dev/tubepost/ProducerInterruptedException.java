package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a thread was interrupted while it waited in a call of this library. The thread's interrupt flag is set again; the
 * producer is not affected.
 */
public final class ProducerInterruptedException extends TubepostException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what the thread waited for, and what became of its message
     * @param cause the interruption as the JDK reported it, if it did
     */
    public ProducerInterruptedException(String message, @Nullable InterruptedException cause) {
        super(message, cause);
    }
}
