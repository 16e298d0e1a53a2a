package dev.tubepost.sasl;

import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.SaslProvider;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TokenSource;

/** Makes authenticators from options. <em>Stateless.</em> */
public final class Authenticators implements SaslProvider {

    /** For {@link java.util.ServiceLoader}. */
    public Authenticators() {}

    /** One for a cluster. Reads and asks nothing yet, and loads no library. */
    @Override
    public Authenticator authenticator(SaslOptions options, Env env) {
        if (options instanceof SaslOptions.Plain plain) {
            return new PlainAuthenticator(plain.credentials());
        }
        if (options instanceof SaslOptions.Scram scram) {
            return new ScramAuthenticator(scram);
        }
        if (options instanceof SaslOptions.OAuthBearer bearer) {
            return new OAuthBearerAuthenticator(tokens(bearer.tokens(), env));
        }
        GssapiOptions gssapi = ((SaslOptions.Gssapi) options).options();
        return new GssapiAuthenticator(gssapi.serviceName(), new KerberosLogin(gssapi.login(), env::millis));
    }

    private static Tokens tokens(TokenSource source, Env env) {
        if (source instanceof TokenSource.File file) {
            return new TokenFile(file, env::millis);
        }
        if (source instanceof TokenSource.Provided provided) {
            return new TokenCache(env, new ProvidedTokens(provided.provider()));
        }
        return new TokenCache(env, new TokenEndpoint((OAuthOptions) source, env));
    }
}
