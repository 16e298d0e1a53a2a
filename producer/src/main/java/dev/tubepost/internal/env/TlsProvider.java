package dev.tubepost.internal.env;

import dev.tubepost.security.TlsOptions;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/** Who knows TLS: found by {@link java.util.ServiceLoader}, as it is a module of its own. <em>Thread-safe.</em> */
public interface TlsProvider {

    /** TLS with these options. Looks at no file yet. */
    TransportSecurity security(TlsOptions options);

    /** Contexts with these options, for HTTPS. Looks at no file yet. Versions and cipher suites are no matter of a context's: {@link TlsParameters}. */
    Contexts contexts(TlsOptions options);

    /** Follows the files with certificates and keys. <em>Thread-safe.</em> */
    interface Contexts {

        /**
         * The context for a new connection: the same one as long as no file has changed. It reads files: never on an event loop.
         *
         * @throws IOException if certificates or keys cannot be read, and never could; the message says which, and why
         */
        SSLContext current() throws IOException;
    }
}
