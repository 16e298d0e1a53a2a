package dev.tubepost.tls;

import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.TlsParameters;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.security.TlsOptions;

/** TLS by the JDK's own implementation, JSSE. <em>Thread-safe.</em> */
public final class JsseProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public JsseProvider() {}

    /** @throws InvalidOptionsException if this JDK does not know one of the cipher suites */
    @Override
    public TransportSecurity security(TlsOptions options) {
        TlsParameters.check(options);
        return new JsseSecurity(options, new TlsMaterial(options));
    }

    /** @throws InvalidOptionsException if this JDK does not know one of the cipher suites */
    @Override
    public Contexts contexts(TlsOptions options) {
        TlsParameters.check(options);
        return new TlsMaterial(options)::current;
    }
}
