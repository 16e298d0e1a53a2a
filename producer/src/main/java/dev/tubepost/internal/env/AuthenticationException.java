package dev.tubepost.internal.env;

import org.jspecify.annotations.Nullable;

/** Why we cannot prove who we are, or the broker cannot. <em>Immutable.</em> The message says what to change, and holds no secret. */
public final class AuthenticationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private AuthenticationException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** It stays so until somebody changes something: whoever waits is told at once. */
    public static AuthenticationException lasting(String message, @Nullable Throwable cause) {
        return new AuthenticationException(message, false, cause);
    }

    /** It may pass by itself, as a server that is away does: whoever waits goes on waiting. */
    public static AuthenticationException passing(String message, @Nullable Throwable cause) {
        return new AuthenticationException(message, true, cause);
    }

    /** Whether it may pass by itself. */
    public boolean isPassing() {
        return passing;
    }
}
