package dev.tubepost;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.security.Credentials;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TlsOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A cluster's security as a map of names and values says it, or what is wrong with that map. <em>Static, without state.</em> */
final class ByName {

    static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule";
    static final String RETRIEVERS = "org.apache.kafka.common.security.oauthbearer.";

    private ByName() {}

    static Credentials credentials(SaslOptions sasl) throws Exception {
        return sasl instanceof SaslOptions.Plain plain
                ? plain.credentials().credentials()
                : ((SaslOptions.Scram) sasl).credentials().credentials();
    }

    static OAuthGrant grant(ClusterOptions options) {
        return ((OAuthOptions) ((SaslOptions.OAuthBearer) Objects.requireNonNull(options.sasl())).tokens()).grant();
    }

    static OAuthOptions oauth(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.com/token"));
        all.putAll(given);
        return (OAuthOptions) ((SaslOptions.OAuthBearer) sasl(all)).tokens();
    }

    static SaslOptions sasl(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("security.protocol", "SASL_SSL");
        return Objects.requireNonNull(options(all).sasl());
    }

    static TlsOptions tls(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("security.protocol", "SSL");
        return Objects.requireNonNull(options(all).tls());
    }

    static ClusterOptions options(Map<String, ?> given) {
        return options(given, Map.of());
    }

    static ClusterOptions options(Map<String, ?> given, Map<String, String> environment) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("bootstrap.servers", "a:1");
        return ClientConfig.from(all, ProducerOptions.builder(), environment::get)
                .clusterOptions();
    }

    static List<String> problems(Map<String, ?> given) {
        return catchThrowableOfType(InvalidOptionsException.class, () -> options(given))
                .problems();
    }

    /** {@code name=value;name=value}; an exclamation mark at the end stands for a semicolon. */
    static Map<String, Object> parsed(String given) {
        Map<String, Object> map = new HashMap<>();
        for (String option : given.split(";", -1)) {
            int equals = option.indexOf('=');
            String value = option.substring(equals + 1);
            map.put(option.substring(0, equals), value.endsWith("!") ? value.replace('!', ';') : value);
        }
        return map;
    }
}
