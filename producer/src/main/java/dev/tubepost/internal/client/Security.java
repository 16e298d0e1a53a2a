package dev.tubepost.internal.client;

import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Modules;
import dev.tubepost.internal.env.SaslProvider;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TransportSecurity;
import org.jspecify.annotations.Nullable;

/** How connections are secured, by whoever knows how. <em>Stateless.</em> Without the options, nothing of it is loaded. */
final class Security {

    private Security() {}

    /** @throws InvalidOptionsException if TLS is asked for, and its module is not there */
    static @Nullable TransportSecurity tls(ClusterOptions options) {
        var tls = options.tls();
        return tls == null
                ? null
                : Modules.find(TlsProvider.class, "tls", "tls").security(tls);
    }

    /** @throws InvalidOptionsException if SASL is asked for, and its module is not there */
    static @Nullable Authenticator authenticator(ClusterOptions options, Env env) {
        var sasl = options.sasl();
        return sasl == null
                ? null
                : Modules.find(SaslProvider.class, "sasl", "sasl").authenticator(sasl, env);
    }
}
