package dev.tubepost.internal.env;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Our own certificates or keys cannot be used: which file, and why. <em>Immutable.</em> Holds no secret. */
public final class OwnCertificatesException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message which file or option, what is wrong with it, and what to do */
    public OwnCertificatesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
