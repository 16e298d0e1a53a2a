package dev.tubepost.internal.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of security, in kafka-clients' names and their spelling in Java, with a few of our own. <em>Immutable.</em>
 *
 * <p>What kafka-clients has besides these is in {@link ForeignSecurity}. The values of secrets are never repeated in messages; an address may hold a
 * password, so it counts as one.
 */
public final class SecurityTable {

    // one object for each kind: each place where a method is named costs time when the first option is read
    private static final ValueParser<String> TEXT = Values::text;
    private static final ValueParser<Integer> INTEGER = Values::integer;
    private static final ValueParser<Boolean> BOOL = Values::bool;
    private static final ValueParser<List<String>> LIST = SecurityValues::list;
    private static final ValueParser<String> STORE_TYPE = SecurityValues::storeType;

    public static final ConfigKey<SecurityProtocol> PROTOCOL =
            ConfigKey.kafka("security.protocol", SecurityValues::protocol);

    public static final ConfigKey<String> TRUSTSTORE_LOCATION = ConfigKey.kafka("ssl.truststore.location", TEXT);
    public static final ConfigKey<String> TRUSTSTORE_PASSWORD = ConfigKey.secret("ssl.truststore.password", TEXT);
    public static final ConfigKey<String> TRUSTSTORE_TYPE = ConfigKey.kafka("ssl.truststore.type", STORE_TYPE);
    public static final ConfigKey<String> TRUSTSTORE_CERTIFICATES =
            ConfigKey.secret("ssl.truststore.certificates", TEXT);
    public static final ConfigKey<String> KEYSTORE_LOCATION = ConfigKey.kafka("ssl.keystore.location", TEXT);
    public static final ConfigKey<String> KEYSTORE_PASSWORD = ConfigKey.secret("ssl.keystore.password", TEXT);
    public static final ConfigKey<String> KEYSTORE_TYPE = ConfigKey.kafka("ssl.keystore.type", STORE_TYPE);
    public static final ConfigKey<String> KEYSTORE_CERTIFICATE_CHAIN =
            ConfigKey.secret("ssl.keystore.certificate.chain", TEXT);
    public static final ConfigKey<String> KEYSTORE_KEY = ConfigKey.secret("ssl.keystore.key", TEXT);
    public static final ConfigKey<String> KEY_PASSWORD = ConfigKey.secret("ssl.key.password", TEXT);
    public static final ConfigKey<List<String>> ENABLED_PROTOCOLS =
            ConfigKey.kafka("ssl.enabled.protocols", SecurityValues::tlsVersions);
    public static final ConfigKey<List<String>> CIPHER_SUITES = ConfigKey.kafka("ssl.cipher.suites", LIST);
    public static final ConfigKey<String> ENDPOINT_IDENTIFICATION =
            ConfigKey.kafka("ssl.endpoint.identification.algorithm", SecurityValues::endpointIdentification);

    public static final ConfigKey<String> MECHANISM = ConfigKey.kafka("sasl.mechanism", SecurityValues::mechanism);
    public static final ConfigKey<JaasEntry> JAAS_CONFIG = ConfigKey.secret("sasl.jaas.config", JaasEntry::parse);
    /** Not of kafka-clients; librdkafka has the dotted name. */
    public static final ConfigKey<String> USERNAME = ConfigKey.kafka("sasl.username", TEXT);
    /** Not of kafka-clients; librdkafka has the dotted name. */
    public static final ConfigKey<String> PASSWORD = ConfigKey.secret("sasl.password", TEXT);

    public static final ConfigKey<String> KERBEROS_SERVICE_NAME = ConfigKey.kafka("sasl.kerberos.service.name", TEXT);
    public static final ConfigKey<Integer> LOGIN_CONNECT_TIMEOUT_MS =
            ConfigKey.kafka("sasl.login.connect.timeout.ms", INTEGER);
    public static final ConfigKey<Integer> LOGIN_READ_TIMEOUT_MS =
            ConfigKey.kafka("sasl.login.read.timeout.ms", INTEGER);

    public static final ConfigKey<URI> TOKEN_ENDPOINT =
            ConfigKey.secret("sasl.oauthbearer.token.endpoint.url", SecurityValues::uri);
    public static final ConfigKey<String> CLIENT_ID =
            ConfigKey.kafka("sasl.oauthbearer.client.credentials.client.id", TEXT);
    public static final ConfigKey<String> CLIENT_SECRET =
            ConfigKey.secret("sasl.oauthbearer.client.credentials.client.secret", TEXT);
    public static final ConfigKey<String> SCOPE = ConfigKey.kafka("sasl.oauthbearer.scope", TEXT);
    public static final ConfigKey<Boolean> HEADER_URLENCODE =
            ConfigKey.kafka("sasl.oauthbearer.header.urlencode", BOOL);
    public static final ConfigKey<JwtRetriever> JWT_RETRIEVER =
            ConfigKey.kafka("sasl.oauthbearer.jwt.retriever.class", JwtRetriever::named);
    public static final ConfigKey<String> ASSERTION_FILE = ConfigKey.kafka("sasl.oauthbearer.assertion.file", TEXT);
    public static final ConfigKey<String> ASSERTION_ALGORITHM =
            ConfigKey.kafka("sasl.oauthbearer.assertion.algorithm", SecurityValues::signature);
    public static final ConfigKey<String> ASSERTION_KEY_FILE =
            ConfigKey.kafka("sasl.oauthbearer.assertion.private.key.file", TEXT);
    public static final ConfigKey<String> ASSERTION_KEY_PASSPHRASE =
            ConfigKey.secret("sasl.oauthbearer.assertion.private.key.passphrase", TEXT);
    public static final ConfigKey<String> ASSERTION_AUDIENCE =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.aud", TEXT);
    public static final ConfigKey<Integer> ASSERTION_LIFETIME_SECONDS =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.exp.seconds", INTEGER);
    public static final ConfigKey<String> ASSERTION_ISSUER =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.iss", TEXT);
    public static final ConfigKey<Boolean> ASSERTION_HAS_ID =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.jti.include", BOOL);
    public static final ConfigKey<Integer> ASSERTION_BACKDATE_SECONDS =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.nbf.seconds", INTEGER);
    public static final ConfigKey<String> ASSERTION_SUBJECT =
            ConfigKey.kafka("sasl.oauthbearer.assertion.claim.sub", TEXT);
    public static final ConfigKey<String> ASSERTION_TEMPLATE_FILE =
            ConfigKey.kafka("sasl.oauthbearer.assertion.template.file", TEXT);
    /** Ours: the header {@code kid}, which kafka-clients has in a template file only. */
    public static final ConfigKey<String> ASSERTION_KEY_ID = ConfigKey.of("oauthKeyId", null, null, TEXT);
    /** Ours: by which right a token is asked for, where the other options do not say. */
    public static final ConfigKey<String> OAUTH_GRANT = ConfigKey.of("oauthGrant", null, null, SecurityValues::grant);
    /** Ours, for tests: a token endpoint on this host without TLS. */
    public static final ConfigKey<Boolean> ALLOW_LOOPBACK_HTTP = ConfigKey.of("allowLoopbackHttp", null, null, BOOL);

    /** What only TLS needs. */
    static final List<ConfigKey<?>> TLS = List.of(
            TRUSTSTORE_LOCATION,
            TRUSTSTORE_PASSWORD,
            TRUSTSTORE_TYPE,
            TRUSTSTORE_CERTIFICATES,
            KEYSTORE_LOCATION,
            KEYSTORE_PASSWORD,
            KEYSTORE_TYPE,
            KEYSTORE_CERTIFICATE_CHAIN,
            KEYSTORE_KEY,
            KEY_PASSWORD,
            ENABLED_PROTOCOLS,
            CIPHER_SUITES,
            ENDPOINT_IDENTIFICATION);

    /** What only SASL needs. */
    static final List<ConfigKey<?>> SASL = List.of(
            MECHANISM,
            JAAS_CONFIG,
            USERNAME,
            PASSWORD,
            KERBEROS_SERVICE_NAME,
            LOGIN_CONNECT_TIMEOUT_MS,
            LOGIN_READ_TIMEOUT_MS,
            TOKEN_ENDPOINT,
            CLIENT_ID,
            CLIENT_SECRET,
            SCOPE,
            HEADER_URLENCODE,
            JWT_RETRIEVER,
            ASSERTION_FILE,
            ASSERTION_ALGORITHM,
            ASSERTION_KEY_FILE,
            ASSERTION_KEY_PASSPHRASE,
            ASSERTION_AUDIENCE,
            ASSERTION_LIFETIME_SECONDS,
            ASSERTION_ISSUER,
            ASSERTION_HAS_ID,
            ASSERTION_BACKDATE_SECONDS,
            ASSERTION_SUBJECT,
            ASSERTION_TEMPLATE_FILE,
            ASSERTION_KEY_ID,
            OAUTH_GRANT,
            ALLOW_LOOPBACK_HTTP);

    /** All options of security. */
    public static final List<ConfigKey<?>> ALL = all();

    private SecurityTable() {}

    private static List<ConfigKey<?>> all() {
        List<ConfigKey<?>> all = new ArrayList<>();
        all.add(PROTOCOL);
        all.addAll(TLS);
        all.addAll(SASL);
        return List.copyOf(all);
    }

    /** Whether a value asks for something: an empty one does not, but for passwords of stores, which may be empty, and for what must not be. */
    static boolean asks(ConfigKey<?> key, String text) {
        return !text.isEmpty()
                || key == TRUSTSTORE_PASSWORD
                || key == KEYSTORE_PASSWORD
                || key == ENDPOINT_IDENTIFICATION;
    }
}
