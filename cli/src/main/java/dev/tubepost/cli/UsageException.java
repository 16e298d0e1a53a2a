package dev.tubepost.cli;

/** The user asked for something that cannot be done, and nothing was sent; the message says what to change. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
