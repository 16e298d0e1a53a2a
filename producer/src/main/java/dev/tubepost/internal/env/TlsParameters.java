package dev.tubepost.internal.env;

import dev.tubepost.InvalidOptionsException;
import dev.tubepost.security.TlsOptions;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** What the options say about a connection by itself, and not about whom to trust: versions and cipher suites. <em>Stateless.</em> */
public final class TlsParameters {

    private TlsParameters() {}

    /**
     * Looks at JSSE only if suites were chosen: its classes take a while to load.
     *
     * @throws InvalidOptionsException if this JDK does not know one of the cipher suites
     */
    public static void check(TlsOptions options) {
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

    /** The context's own for a client, with the options' versions, as far as the context knows them, and cipher suites. */
    public static SSLParameters of(TlsOptions options, SSLContext context) {
        List<String> known = Arrays.asList(context.getSupportedSSLParameters().getProtocols());
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(
                options.protocols().stream().filter(known::contains).toArray(String[]::new));
        if (!options.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(options.cipherSuites().toArray(String[]::new));
        }
        return parameters;
    }
}
