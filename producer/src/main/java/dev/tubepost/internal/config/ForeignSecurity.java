package dev.tubepost.internal.config;

import java.util.List;
import java.util.Set;

/**
 * What kafka-clients and the specification have for security besides the {@link SecurityTable}: names of classes, which are compared and never loaded,
 * and numbers that mean nothing here. <em>Immutable.</em>
 */
final class ForeignSecurity {

    private static final String PACKAGE = "org.apache.kafka.common.security.";
    private static final String OAUTH = PACKAGE + "oauthbearer.";
    private static final String CONTEXT =
            "classes and providers are never taken by name: give TlsOptions.Builder.sslContext in code";
    private static final String LOGIN =
            "classes are never loaded by name: give a TokenProvider to SaslOptions.oauthBearer, or a"
                    + " CredentialsProvider to SaslOptions.Plain or SaslOptions.Scram, in code";

    static final List<ForeignName> ALL = List.of(
            secret(
                    "ssl_config",
                    "is given in code: ClusterOptions.Builder.tls; or by name, with ssl.truststore.location and the like",
                    "None"),
            ForeignName.of(
                    "security.providers",
                    "classes are never loaded by name: add the provider to the JDK, in code with"
                            + " java.security.Security.addProvider, or in its file java.security"),
            // TLS
            ForeignName.of(
                    "ssl.protocol", "must be TLS, TLSv1.3 or TLSv1.2", "TLS", "TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"),
            ForeignName.of("ssl.engine.factory.class", CONTEXT, PACKAGE + "ssl.DefaultSslEngineFactory"),
            ForeignName.of("ssl.provider", CONTEXT, "SunJSSE"),
            ForeignName.of("ssl.keymanager.algorithm", CONTEXT, "SunX509", "PKIX", "NewSunX509"),
            ForeignName.of("ssl.trustmanager.algorithm", CONTEXT, "PKIX"),
            ForeignName.of("ssl.secure.random.implementation", CONTEXT),
            // SASL
            ForeignName.of(
                    "sasl.login.callback.handler.class",
                    LOGIN,
                    OAUTH + "OAuthBearerLoginCallbackHandler",
                    OAUTH + "secured.OAuthBearerLoginCallbackHandler"), // where it was until Kafka 4.0
            ForeignName.of(
                    "sasl.client.callback.handler.class",
                    LOGIN,
                    PACKAGE + "authenticator.SaslClientCallbackHandler",
                    PACKAGE + "kerberos.KerberosClientCallbackHandler",
                    OAUTH + "internals.OAuthBearerSaslClientCallbackHandler"),
            ForeignName.of(
                    "sasl.login.class",
                    LOGIN,
                    PACKAGE + "authenticator.DefaultLogin",
                    PACKAGE + "kerberos.KerberosLogin",
                    OAUTH + "internals.OAuthBearerRefreshingLogin"),
            ForeignName.of(
                    "sasl.oauthbearer.jwt.validator.class",
                    "classes are never loaded by name: leave it out; a token is checked by the broker",
                    OAUTH + "DefaultJwtValidator",
                    OAUTH + "ClientJwtValidator",
                    OAUTH + "BrokerJwtValidator"),
            // when a ticket or a token is renewed, which is decided here by how long it lives
            any("sasl.kerberos.kinit.cmd"),
            any("sasl.kerberos.min.time.before.relogin"),
            any("sasl.kerberos.ticket.renew.jitter"),
            any("sasl.kerberos.ticket.renew.window.factor"),
            any("sasl.login.refresh.buffer.seconds"),
            any("sasl.login.refresh.min.period.seconds"),
            any("sasl.login.refresh.window.factor"),
            any("sasl.login.refresh.window.jitter"),
            any("sasl.login.retry.backoff.max.ms"),
            any("sasl.login.retry.backoff.ms"),
            // how a broker checks a token
            any("sasl.oauthbearer.allow.unverified.audience"),
            any("sasl.oauthbearer.allow.unverified.issuer"),
            any("sasl.oauthbearer.clock.skew.seconds"),
            any("sasl.oauthbearer.expected.audience"),
            any("sasl.oauthbearer.expected.issuer"),
            any("sasl.oauthbearer.jwks.endpoint.refresh.ms"),
            any("sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms"),
            any("sasl.oauthbearer.jwks.endpoint.retry.backoff.ms"),
            any("sasl.oauthbearer.jwks.endpoint.url"),
            any("sasl.oauthbearer.scope.claim.name"),
            any("sasl.oauthbearer.sub.claim.name"));

    private ForeignSecurity() {}

    private static ForeignName any(String name) {
        return secret(name, "", "*");
    }

    private static ForeignName secret(String name, String instead, String... harmless) {
        return new ForeignName(name, Set.of(harmless), instead, true);
    }
}
