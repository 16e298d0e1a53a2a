package dev.tubepost.internal.config.secure;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.JaasEntry;
import dev.tubepost.internal.config.JwtRetriever;
import dev.tubepost.internal.config.ParsedConfig;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TokenSource;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sasl.oauthbearer.*}, and what kafka-clients takes from the login module's options: {@code clientId}, {@code clientSecret}, {@code scope}, for
 * which {@code sasl.oauthbearer.*} counts first; {@code extension_*}; and {@code ssl.*}, for the token endpoint. <em>Stateless.</em>
 */
final class OAuthByName {

    private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private static final String EXTENSION = "extension_";

    private static final Map<String, ConfigKey<?>> NAMES = Map.of(
            "tokenEndpoint", SecurityTable.TOKEN_ENDPOINT, "allowsLoopbackHttp", SecurityTable.ALLOW_LOOPBACK_HTTP);

    private OAuthByName() {}

    static @Nullable SaslOptions read(Source source) {
        if (!source.has(SecurityTable.CLIENT_ID)) {
            source.readVariable(SecurityTable.JAAS_CONFIG);
        }
        JaasEntry jaas = source.get(SecurityTable.JAAS_CONFIG);
        if (jaas != null && !SaslByName.isModule(source, jaas, MODULE)) {
            return null;
        }
        Map<String, String> options = jaas == null ? Map.of() : jaas.options();
        if (options.keySet().stream().anyMatch(name -> name.startsWith("unsecuredLogin"))) {
            source.config()
                    .refuse(
                            SecurityTable.JAAS_CONFIG,
                            "tokens that nobody has signed are not made here: give a TokenProvider to"
                                    + " SaslOptions.oauthBearer in code");
            return null;
        }
        URI endpoint = source.get(SecurityTable.TOKEN_ENDPOINT);
        if (endpoint == null) {
            if (!source.config().isUnreadable(SecurityTable.TOKEN_ENDPOINT)) {
                source.config()
                        .refuse(
                                SecurityTable.TOKEN_ENDPOINT,
                                "is not given, and OAUTHBEARER needs it; or give a TokenProvider to"
                                        + " SaslOptions.oauthBearer in code");
            }
            return null;
        }
        Map<String, String> extensions = extensions(source, options);
        return "file".equalsIgnoreCase(endpoint.getScheme())
                ? ofFile(source, endpoint, extensions)
                : ofEndpoint(source, endpoint, options, extensions);
    }

    /** What a token is accompanied by (KIP-342), as the broker's rules are. */
    private static Map<String, String> extensions(Source source, Map<String, String> options) {
        Map<String, String> extensions = new HashMap<>();
        options.forEach((option, value) -> {
            if (option.startsWith(EXTENSION)) {
                String name = option.substring(EXTENSION.length());
                if (name.matches("[A-Za-z]+") && !name.equals("auth") && value.matches("[\\x21-\\x7E \\t\\r\\n]+")) {
                    extensions.put(name, value);
                } else {
                    source.config()
                            .refuse(
                                    SecurityTable.JAAS_CONFIG,
                                    "an extension has a name of letters, not auth, after " + EXTENSION
                                            + ", and a value of ASCII that is not empty");
                }
            }
        });
        return extensions;
    }

    private static @Nullable SaslOptions ofFile(Source source, URI endpoint, Map<String, String> extensions) {
        JwtRetriever retriever = source.get(SecurityTable.JWT_RETRIEVER);
        if (source.has(SecurityTable.OAUTH_GRANT)
                || retriever == JwtRetriever.CLIENT_CREDENTIALS
                || retriever == JwtRetriever.JWT_BEARER) {
            source.config()
                    .refuse(SecurityTable.TOKEN_ENDPOINT, "is a file with a token, of which nobody asks for a grant");
            return null;
        }
        try {
            return new SaslOptions.OAuthBearer(new TokenSource.File(Path.of(endpoint), extensions));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) { // whose message may have the address
            source.config().refuse(SecurityTable.TOKEN_ENDPOINT, "must be a whole path, as in file:///run/token");
            return null;
        }
    }

    private static @Nullable SaslOptions ofEndpoint(
            Source source, URI endpoint, Map<String, String> options, Map<String, String> extensions) {
        if (source.get(SecurityTable.JWT_RETRIEVER) == JwtRetriever.FILE) {
            source.config()
                    .refuse(
                            SecurityTable.TOKEN_ENDPOINT,
                            "must be a file, as in file:///run/token, for FileJwtRetriever");
            return null;
        }
        TlsOptions tls = tls(source, options);
        OAuthGrant grant = GrantByName.read(source, options);
        if (grant == null) {
            return null;
        }
        String scope = source.get(SecurityTable.SCOPE);
        OAuthOptions.Builder oauth = OAuthOptions.builder(endpoint, grant)
                .scope(scope == null ? options.get("scope") : scope)
                .tls(tls)
                .encodesHeader(source.isOn(SecurityTable.HEADER_URLENCODE))
                .allowsLoopbackHttp(source.isOn(SecurityTable.ALLOW_LOOPBACK_HTTP))
                .extensions(extensions);
        Duration timeout = timeout(source);
        if (timeout != null) {
            oauth.timeout(timeout);
        }
        OAuthOptions built = source.build(NAMES, oauth::build);
        return built == null ? null : SaslOptions.oauthBearer(built);
    }

    /** The longer one, as there is one for both here. */
    private static @Nullable Duration timeout(Source source) {
        int most = Math.max(
                millis(source, SecurityTable.LOGIN_CONNECT_TIMEOUT_MS),
                millis(source, SecurityTable.LOGIN_READ_TIMEOUT_MS));
        return most == 0 ? null : Duration.ofMillis(most);
    }

    private static int millis(Source source, ConfigKey<Integer> key) {
        Integer given = source.get(key);
        if (given != null && given < 1) {
            source.config().refuse(key, "must be more than 0");
        }
        return given == null ? 0 : Math.max(given, 0);
    }

    /** Whom to trust at the endpoint: {@code ssl.*} among the login module's options, of which no value is repeated. */
    private static @Nullable TlsOptions tls(Source source, Map<String, String> options) {
        Map<String, String> ofTls = new HashMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith("ssl.")) {
                ofTls.put(name, value);
            }
        });
        if (ofTls.isEmpty()) {
            return null;
        }
        ofTls.put("security.protocol", "SSL");
        ParsedConfig config = ParsedConfig.ofSecret(ofTls);
        TlsOptions tls = TlsByName.read(new Source(config, null));
        config.problems()
                .forEach(problem -> source.config().refuse(source.name(SecurityTable.JAAS_CONFIG) + ": " + problem));
        return tls;
    }
}
