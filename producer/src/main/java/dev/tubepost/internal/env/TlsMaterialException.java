package dev.tubepost.internal.env;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Our own certificates, keys or TLS settings cannot be used: nothing was said to the peer, and it is not to blame. <em>Immutable.</em> The message says
 * which file, why, and what to do; never a secret.
 */
public final class TlsMaterialException extends IOException {

    private static final long serialVersionUID = 1L;

    public TlsMaterialException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
