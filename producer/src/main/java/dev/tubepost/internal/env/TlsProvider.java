package dev.tubepost.internal.env;

import dev.tubepost.security.TlsOptions;
import javax.net.ssl.SSLContext;

/** Who knows TLS: found by {@link java.util.ServiceLoader}, as it is a module of its own. <em>Thread-safe.</em> */
public interface TlsProvider {

    /** TLS with these options. Looks at no file yet. */
    TransportSecurity security(TlsOptions options);

    /**
     * A context with these options, for HTTPS.
     *
     * @throws java.io.IOException if certificates or keys cannot be read; the message says which, and why
     */
    SSLContext context(TlsOptions options) throws java.io.IOException;
}
