package dev.tubepost.internal.config.secure;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.JaasEntry;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code sasl.*}. <em>Stateless.</em> Login modules are names that are compared; none is loaded, and no other than that of the mechanism is known.
 */
final class SaslByName {

    private static final String PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String KERBEROS_MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private SaslByName() {}

    static @Nullable SaslOptions read(Source source) {
        if (source.config().isUnreadable(SecurityTable.MECHANISM)) {
            return null;
        }
        String mechanism = source.get(SecurityTable.MECHANISM);
        return switch (mechanism == null ? "GSSAPI" : mechanism) {
            case "PLAIN" -> credentials(source, PLAIN_MODULE, SaslOptions::plain);
            case "SCRAM-SHA-256" -> credentials(source, SCRAM_MODULE, SaslOptions::scramSha256);
            case "SCRAM-SHA-512" -> credentials(source, SCRAM_MODULE, SaslOptions::scramSha512);
            case "OAUTHBEARER" -> OAuthByName.read(source);
            default -> gssapi(source);
        };
    }

    private static @Nullable SaslOptions credentials(
            Source source, String module, BiFunction<String, Secret, SaslOptions> mechanism) {
        if (!source.has(SecurityTable.USERNAME) && !source.has(SecurityTable.PASSWORD)) {
            source.readVariable(SecurityTable.JAAS_CONFIG);
        }
        JaasEntry jaas = source.get(SecurityTable.JAAS_CONFIG);
        if (jaas != null && !isModule(source, jaas, module)) {
            return null;
        }
        Map<String, String> options = jaas == null ? Map.of() : jaas.options();
        if (Boolean.parseBoolean(options.get("tokenauth"))) {
            source.config()
                    .refuse(
                            SecurityTable.JAAS_CONFIG,
                            "tokenauth is not supported: delegation tokens are for who has one; give the user's own name and password");
            return null;
        }
        String user = agreed(source, SecurityTable.USERNAME, options.get("username"));
        if (options.get("password") == null) {
            source.readVariable(SecurityTable.PASSWORD);
        }
        String password = agreed(source, SecurityTable.PASSWORD, options.get("password"));
        return user == null || password == null ? null : mechanism.apply(user, Secret.of(password));
    }

    /** What the option says, or the login module, or both alike; null if none does, which is told. */
    private static @Nullable String agreed(Source source, ConfigKey<String> key, @Nullable String ofModule) {
        String own = source.get(key);
        if (own != null && ofModule != null && !own.equals(ofModule)) {
            source.config().refuse(key, "contradicts " + source.name(SecurityTable.JAAS_CONFIG) + "; give one of them");
            return null;
        }
        String value = own == null ? ofModule : own;
        if (value == null || value.isEmpty()) {
            if (!isBad(source, key)) {
                source.need(key, mechanism(source) + " needs it, here or in " + source.name(SecurityTable.JAAS_CONFIG));
            }
            return null;
        }
        if (value.indexOf('\0') >= 0) {
            source.config().refuse(key, "must have no NUL");
            return null;
        }
        return value;
    }

    private static @Nullable SaslOptions gssapi(Source source) {
        source.readVariable(SecurityTable.JAAS_CONFIG);
        JaasEntry jaas = source.get(SecurityTable.JAAS_CONFIG);
        if (jaas == null) {
            if (!isBad(source, SecurityTable.JAAS_CONFIG)) {
                source.need(
                        SecurityTable.JAAS_CONFIG,
                        mechanism(source) + " needs it, as in " + KERBEROS_MODULE + " required useKeyTab=true"
                                + " keyTab=\"...\" principal=\"...\"; files of java.security.auth.login.config are not"
                                + " read");
            }
            return null;
        }
        if (!isModule(source, jaas, KERBEROS_MODULE)) {
            return null;
        }
        String service = agreed(
                source, SecurityTable.KERBEROS_SERVICE_NAME, jaas.options().get("serviceName"));
        GssapiOptions.Login login = login(source, jaas.options());
        return service == null || login == null ? null : SaslOptions.gssapi(new GssapiOptions(service, login));
    }

    /** The key file counts first: it has the same principal, and needs nobody to keep a ticket up to date. */
    private static GssapiOptions.@Nullable Login login(Source source, Map<String, String> options) {
        String principal = options.get("principal");
        try {
            String keytab = options.get("keyTab");
            if (Boolean.parseBoolean(options.get("useKeyTab")) && keytab != null && principal != null) {
                return new GssapiOptions.Login.Keytab(principal, file(keytab));
            }
            if (Boolean.parseBoolean(options.get("useTicketCache"))) {
                String cache = options.get("ticketCache");
                return new GssapiOptions.Login.TicketCache(principal, cache == null ? null : file(cache));
            }
        } catch (InvalidPathException e) {
            source.config().refuse(SecurityTable.JAAS_CONFIG, "keyTab and ticketCache must be paths of files");
            return null;
        }
        source.config()
                .refuse(
                        SecurityTable.JAAS_CONFIG,
                        "must have useTicketCache=true, or useKeyTab=true with keyTab and principal; nobody is asked"
                                + " for a password");
        return null;
    }

    /** Kerberos writes a file as {@code FILE:/etc/krb5.keytab}, too, in whatever case. */
    private static Path file(String name) {
        return Path.of(name.regionMatches(true, 0, "FILE:", 0, 5) ? name.substring(5) : name);
    }

    /** Compares names; what another module would do, nobody knows, and it does not run. */
    static boolean isModule(Source source, JaasEntry jaas, String module) {
        if (jaas.module().equals(module)) {
            return true;
        }
        source.config()
                .refuse(
                        SecurityTable.JAAS_CONFIG,
                        "the login module of " + mechanism(source) + " must be " + module
                                + "; login modules are never loaded, and no other is known for it");
        return false;
    }

    /** Whether what is missing was given and cannot be read, or may be in a login configuration that cannot be read. */
    private static boolean isBad(Source source, ConfigKey<?> key) {
        return source.config().isUnreadable(key) || source.config().isUnreadable(SecurityTable.JAAS_CONFIG);
    }

    static String mechanism(Source source) {
        String mechanism = source.get(SecurityTable.MECHANISM);
        return mechanism == null
                ? "GSSAPI (which counts when " + source.name(SecurityTable.MECHANISM) + " is not given)"
                : mechanism;
    }
}
