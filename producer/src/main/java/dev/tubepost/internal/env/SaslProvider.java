package dev.tubepost.internal.env;

import dev.tubepost.security.SaslOptions;

/** Who knows SASL: found by {@link java.util.ServiceLoader}, as it is a module of its own. <em>Thread-safe.</em> */
public interface SaslProvider {

    /** What proves to one cluster's brokers who we are. Reads and asks nothing yet. */
    Authenticator authenticator(SaslOptions options, Env env);
}
