package dev.tubepost.internal.auth;

import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.Authenticator;
import dev.tubepost.security.SaslOptions;

/** Placeholder until the mechanisms are merged. */
public final class Authenticators {
    private Authenticators() {}

    public static Authenticator of(SaslOptions sasl, Env env) {
        throw new UnsupportedOperationException(sasl.mechanism() + env);
    }
}
