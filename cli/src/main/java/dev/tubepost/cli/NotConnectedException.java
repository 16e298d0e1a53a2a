package dev.tubepost.cli;

import org.jspecify.annotations.Nullable;

/**
 * No bootstrap server completed a handshake in time, and the message says what each of them did instead; or the embedded Kafka did not
 * start, and it says why. Nothing was sent.
 */
final class NotConnectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotConnectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
