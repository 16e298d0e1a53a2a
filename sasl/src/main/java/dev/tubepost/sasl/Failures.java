package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import java.util.concurrent.RejectedExecutionException;

/** Turns what was thrown on another thread into what a conversation tells. <em>Stateless.</em> */
final class Failures {

    private Failures() {}

    /** As it is, but for a machine that has no thread for us now, which passes. */
    static Throwable told(Throwable thrown) {
        return thrown instanceof RejectedExecutionException
                ? AuthenticationException.passing("too much else waits for a thread to authenticate on", thrown)
                : thrown;
    }
}
