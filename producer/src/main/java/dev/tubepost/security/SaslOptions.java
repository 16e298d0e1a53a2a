package dev.tubepost.security;

import java.nio.file.Path;

/** How we prove to each broker who we are (SASL, RFC 4422). <em>Immutable.</em> It needs the artifact {@code dev.tubepost:tubepost-sasl}. */
public sealed interface SaslOptions {

    /** The mechanism's name, as brokers list it in {@code sasl.enabled.mechanisms}. */
    String mechanism();

    /** Name and password as they are (RFC 4616): over TLS only, unless {@link dev.tubepost.ClusterOptions#allowCredentialsInPlaintext()}. */
    record Plain(CredentialsProvider credentials) implements SaslOptions {
        @Override
        public String mechanism() {
            return "PLAIN";
        }
    }

    /** A proof that both ends know the password (RFC 5802). */
    record Scram(Hash hash, CredentialsProvider credentials) implements SaslOptions {

        /** The hash functions. */
        public enum Hash {
            SHA_256,
            SHA_512
        }

        @Override
        public String mechanism() {
            return hash == Hash.SHA_256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512";
        }
    }

    /** A token that a third party gave (RFC 7628): over TLS only, unless {@link dev.tubepost.ClusterOptions#allowCredentialsInPlaintext()}. */
    record OAuthBearer(TokenSource tokens) implements SaslOptions {
        @Override
        public String mechanism() {
            return "OAUTHBEARER";
        }
    }

    /** Kerberos (RFC 4752), through the JDK. */
    record Gssapi(GssapiOptions options) implements SaslOptions {
        @Override
        public String mechanism() {
            return "GSSAPI";
        }
    }

    /** PLAIN. */
    static SaslOptions plain(String user, Secret password) {
        return new Plain(new CurrentCredentials(new Credentials(user, password)));
    }

    /** SCRAM-SHA-256. */
    static SaslOptions scramSha256(String user, Secret password) {
        return new Scram(Scram.Hash.SHA_256, new CurrentCredentials(new Credentials(user, password)));
    }

    /** SCRAM-SHA-512. */
    static SaslOptions scramSha512(String user, Secret password) {
        return new Scram(Scram.Hash.SHA_512, new CurrentCredentials(new Credentials(user, password)));
    }

    /** OAUTHBEARER, with tokens from code of the user's. */
    static SaslOptions oauthBearer(TokenProvider tokens) {
        return new OAuthBearer(new TokenSource.Provided(tokens));
    }

    /** OAUTHBEARER, with tokens from a file. */
    static SaslOptions oauthBearer(Path tokenFile) {
        return new OAuthBearer(new TokenSource.File(tokenFile));
    }

    /** OAUTHBEARER, with tokens from a token endpoint. */
    static SaslOptions oauthBearer(OAuthOptions endpoint) {
        return new OAuthBearer(endpoint);
    }

    /** GSSAPI. */
    static SaslOptions gssapi(GssapiOptions options) {
        return new Gssapi(options);
    }
}
