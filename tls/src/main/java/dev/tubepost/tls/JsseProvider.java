package dev.tubepost.tls;

import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.security.TlsOptions;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/** TLS by the JDK's own implementation, JSSE. <em>Thread-safe.</em> */
public final class JsseProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public JsseProvider() {}

    /** @throws InvalidOptionsException if this JDK does not know one of the cipher suites */
    @Override
    public TransportSecurity security(TlsOptions options) {
        checkCipherSuites(options);
        return new JsseSecurity(options, new TlsMaterial(options));
    }

    /** @throws InvalidOptionsException if this JDK does not know one of the cipher suites */
    @Override
    public Contexts contexts(TlsOptions options) {
        checkCipherSuites(options);
        return new TlsMaterial(options)::current;
    }

    /** Looks at JSSE only if suites were chosen: its classes take a while to load. */
    private static void checkCipherSuites(TlsOptions options) {
        if (options.cipherSuites().isEmpty()) {
            return;
        }
        var known = knownCipherSuites(options);
        var problems = new ArrayList<String>();
        for (String suite : options.cipherSuites()) {
            if (!known.contains(suite)) {
                problems.add("cipherSuites: this JDK knows no " + suite + "; it knows " + String.join(", ", known));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
    }

    private static List<String> knownCipherSuites(TlsOptions options) {
        try {
            var given = options.sslContext();
            var context = given == null ? SSLContext.getDefault() : given;
            return Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS: " + e.getMessage(), e);
        }
    }
}
