package dev.tubepost.internal.client;

import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.auth.Authenticators;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.internal.net.Authenticator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** How connections are secured, by whoever knows how. <em>Stateless.</em> Without the options, nothing of it is loaded. */
final class Security {

    private Security() {}

    /** @throws InvalidOptionsException if TLS is asked for, and its module is not there */
    static @Nullable TransportSecurity tls(ClusterOptions options) {
        var tls = options.tls();
        if (tls == null) {
            return null;
        }
        TlsProvider provider = ServiceLoader.load(TlsProvider.class, Security.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidOptionsException(
                        List.of("tls needs a library that is not there: add the artifact dev.tubepost:tubepost-tls")));
        return provider.security(tls);
    }

    static @Nullable Authenticator authenticator(ClusterOptions options, Env env) {
        var sasl = options.sasl();
        return sasl == null ? null : Authenticators.of(sasl, env);
    }
}
