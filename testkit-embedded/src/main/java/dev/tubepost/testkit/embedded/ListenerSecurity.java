package dev.tubepost.testkit.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a listener of the embedded Kafka is secured: what it encrypts with, whom it lets in. <em>Immutable.</em>
 *
 * <pre>{@code
 * var security = ListenerSecurity.builder(ListenerSecurity.Protocol.SASL_SSL)
 *         .keyStore(StoreFile.pkcs12(file, password))
 *         .scramUsers(Map.of("alice", "secret"))
 *         .build();
 * try (var kafka = EmbeddedKafka.builder().security(security).start()) { ... }
 * }</pre>
 */
public final class ListenerSecurity {

    /** What is spoken. */
    public enum Protocol {
        /** TLS. */
        SSL,
        /** TLS, and SASL within it. */
        SASL_SSL,
        /** SASL in plain text. */
        SASL_PLAINTEXT
    }

    /** Whether a client has to show a certificate of its own. */
    public enum ClientCertificate {
        NONE,
        REQUESTED,
        REQUIRED
    }

    private final Protocol protocol;
    private final Set<String> mechanisms;
    private final Map<String, String> properties;
    private final Map<String, String> scramUsers;
    private final @Nullable URI jwks;

    private ListenerSecurity(Builder set) {
        protocol = set.protocol;
        mechanisms = Set.copyOf(set.mechanisms);
        properties = Map.copyOf(set.properties);
        scramUsers = Map.copyOf(set.scramUsers);
        jwks = set.jwks;
    }

    /** Starts from a listener with this protocol, without keys and users. */
    public static Builder builder(Protocol protocol) {
        return new Builder(protocol);
    }

    /** What is spoken. */
    public Protocol protocol() {
        return protocol;
    }

    /** The names of the SASL mechanisms that clients may use. */
    public Set<String> mechanisms() {
        return mechanisms;
    }

    /** The broker's settings for a listener of this name. */
    Map<String, String> properties(String listener) {
        Map<String, String> prefixed = new TreeMap<>();
        var prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
        if (!mechanisms.isEmpty()) {
            prefixed.put(prefix + "sasl.enabled.mechanisms", String.join(",", mechanisms));
        }
        properties.forEach((name, value) -> prefixed.put(prefix + name, value));
        return prefixed;
    }

    /** Passwords by user, to be told to the running cluster: brokers keep what SCRAM needs among their metadata. */
    Map<String, String> scramUsers() {
        return scramUsers;
    }

    /** From where the broker takes the keys that tokens are signed with; Kafka reads only addresses that it is allowed to. */
    @Nullable
    URI jwks() {
        return jwks;
    }

    /** No password is shown. */
    @Override
    public String toString() {
        return "ListenerSecurity{" + protocol + (mechanisms.isEmpty() ? "" : ", mechanisms=" + mechanisms) + '}';
    }

    /** Collects what a listener is to be. <em>Confined to one thread.</em> */
    public static final class Builder {
        private final Protocol protocol;
        private final Set<String> mechanisms = new LinkedHashSet<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final Map<String, String> scramUsers = new LinkedHashMap<>();
        private @Nullable URI jwks;

        private Builder(Protocol protocol) {
            this.protocol = protocol;
        }

        /** The broker's key, with the certificates that go with it; TLS needs one. */
        public Builder keyStore(StoreFile store) {
            return store("ssl.keystore", store);
        }

        /** Whose certificates the broker accepts from clients. */
        public Builder trustStore(StoreFile store) {
            return store("ssl.truststore", store);
        }

        private Builder store(String name, StoreFile store) {
            property(name + ".location", store.file().toString());
            property(name + ".type", store.type());
            if (store.password() != null) {
                property(name + ".password", store.password());
            }
            return this;
        }

        /** Whether clients have to show a certificate; by default none is asked for. */
        public Builder clientCertificate(ClientCertificate certificate) {
            return property(
                    "ssl.client.auth",
                    switch (certificate) {
                        case NONE -> "none";
                        case REQUESTED -> "requested";
                        case REQUIRED -> "required";
                    });
        }

        /**
         * Enables PLAIN for these users.
         *
         * @param passwords by user
         */
        public Builder plainUsers(Map<String, String> passwords) {
            var users = new StringBuilder();
            new TreeMap<>(passwords)
                    .forEach((user, password) ->
                            users.append(" user_").append(user).append('=').append(JaasText.quoted(password)));
            return mechanism("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule required" + users + ";");
        }

        /**
         * Enables SCRAM-SHA-256 and SCRAM-SHA-512 for these users, who are the whole cluster's; more can be added, and passwords changed, by
         * {@link EmbeddedKafka#setScramPassword}.
         *
         * @param passwords by user
         */
        public Builder scramUsers(Map<String, String> passwords) {
            scramUsers.putAll(passwords);
            var module = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
            return mechanism("SCRAM-SHA-256", module).mechanism("SCRAM-SHA-512", module);
        }

        /**
         * Enables OAUTHBEARER, with signed JWTs (RFC 7519).
         *
         * @param jwks where the keys are that they are signed with: an http, https or file address of a JWK set (RFC 7517)
         * @param issuer the claim {@code iss} that they must have
         * @param audience one of the values that they must have in the claim {@code aud}
         */
        public Builder oauth(URI jwks, String issuer, String audience) {
            this.jwks = jwks;
            property("sasl.oauthbearer.jwks.endpoint.url", jwks.toString());
            property("sasl.oauthbearer.expected.issuer", issuer);
            property("sasl.oauthbearer.expected.audience", audience);
            property(
                    "oauthbearer.sasl.server.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
            return mechanism(
                    "OAUTHBEARER", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        }

        /**
         * Enables GSSAPI. The JVM of the broker finds its KDC by the JDK's {@code java.security.krb5.conf}.
         *
         * @param keytab the file with the broker's key
         * @param principal such as {@code kafka/127.0.0.1@EXAMPLE.COM}: what stands before the slash is the service's name
         */
        public Builder gssapi(Path keytab, String principal) {
            int slash = principal.indexOf('/');
            if (slash < 1) {
                throw new IllegalArgumentException(
                        "The principal of a service is service/host@REALM, not \"" + principal + "\"");
            }
            property("sasl.kerberos.service.name", principal.substring(0, slash));
            return mechanism(
                    "GSSAPI",
                    "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true keyTab="
                            + JaasText.quoted(keytab.toString()) + " principal=" + JaasText.quoted(principal) + ";");
        }

        /** How long a client may go on before it has to authenticate again (KIP-368); by default for ever, or as long as its token is good. */
        public Builder maxReauth(Duration limit) {
            return property("connections.max.reauth.ms", Long.toString(limit.toMillis()));
        }

        /** Enables a mechanism with the configuration of its login module on the broker's side, as Kafka writes it in {@code sasl.jaas.config}. */
        public Builder mechanism(String name, String jaasConfig) {
            mechanisms.add(name);
            return property(name.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", jaasConfig);
        }

        /** Any other setting of the listener, without the prefix {@code listener.name.<name>.}. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** Makes the listener's security; what does not fit together, the broker says when it starts. */
        public ListenerSecurity build() {
            return new ListenerSecurity(this);
        }
    }
}
