package dev.tubepost;

import org.jspecify.annotations.Nullable;

/** The root of everything that this library throws of its own accord; all unchecked. Each message says what to change. */
public class TubepostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TubepostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** For exceptions that many messages share: no stack trace, which would be the wrong thread's and cost more than the message did. */
    TubepostException(String message, @Nullable Throwable cause, boolean traced) {
        super(message, cause, traced, traced);
    }
}
