package dev.tubepost.cli;

import org.jspecify.annotations.Nullable;

/** The cluster answers, but the topic cannot be written to; nothing was sent. The message says why. */
final class TopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
