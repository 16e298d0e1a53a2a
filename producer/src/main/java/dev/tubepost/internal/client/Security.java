package dev.tubepost.internal.client;

import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.SaslProvider;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TransportSecurity;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** How connections are secured, by whoever knows how. <em>Stateless.</em> Without the options, nothing of it is loaded. */
final class Security {

    private Security() {}

    /** @throws InvalidOptionsException if TLS is asked for, and its module is not there */
    static @Nullable TransportSecurity tls(ClusterOptions options) {
        var tls = options.tls();
        return tls == null ? null : provider(TlsProvider.class, "tls").security(tls);
    }

    /** @throws InvalidOptionsException if SASL is asked for, and its module is not there */
    static @Nullable Authenticator authenticator(ClusterOptions options, Env env) {
        var sasl = options.sasl();
        return sasl == null ? null : provider(SaslProvider.class, "sasl").authenticator(sasl, env);
    }

    private static <P> P provider(Class<P> type, String name) {
        return ServiceLoader.load(type, Security.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidOptionsException(List.of(
                        name + " needs a library that is not there: add the artifact dev.tubepost:tubepost-" + name)));
    }
}
