package dev.tubepost.internal.config.secure;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.StoreType;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ssl.*}. <em>Stateless.</em> No file is looked at: it may come later, and change.
 *
 * <p>What kafka-clients refuses is refused: a password without a file, both a file and text, another type than PEM for text. A file without a type is PEM
 * if it is called {@code .pem}, {@code .crt} or {@code .cer}, PKCS #12 if {@code .p12} or {@code .pfx}, and JKS otherwise, as for kafka-clients; the JDK
 * reads PKCS #12 as JKS, too.
 */
final class TlsByName {

    private static final String PEM = "PEM";

    private static final Map<String, ConfigKey<?>> NAMES =
            Map.of("protocols", SecurityTable.ENABLED_PROTOCOLS, "cipherSuites", SecurityTable.CIPHER_SUITES);

    private TlsByName() {}

    static @Nullable TlsOptions read(Source source) {
        TlsOptions.Builder tls = TlsOptions.builder().trust(trust(source)).key(key(source));
        source.config().ifGiven(SecurityTable.ENABLED_PROTOCOLS, tls::protocols);
        source.config().ifGiven(SecurityTable.CIPHER_SUITES, tls::cipherSuites);
        return source.build(NAMES, tls::build);
    }

    private static @Nullable TrustSource trust(Source source) {
        String certificates = source.get(SecurityTable.TRUSTSTORE_CERTIFICATES);
        if (certificates != null) {
            refuseBesideText(source, SecurityTable.TRUSTSTORE_CERTIFICATES, SecurityTable.TRUSTSTORE_LOCATION);
            refuseTypeOfText(source, SecurityTable.TRUSTSTORE_CERTIFICATES, SecurityTable.TRUSTSTORE_TYPE);
            refuseBesideText(source, SecurityTable.TRUSTSTORE_CERTIFICATES, SecurityTable.TRUSTSTORE_PASSWORD);
            return TrustSource.pem(certificates);
        }
        Path file = source.path(SecurityTable.TRUSTSTORE_LOCATION);
        if (file == null) {
            refuseWithoutFile(source, SecurityTable.TRUSTSTORE_PASSWORD, SecurityTable.TRUSTSTORE_LOCATION);
            return null;
        }
        String type = type(source, SecurityTable.TRUSTSTORE_TYPE, file);
        if (type.equals(PEM)) {
            if (source.has(SecurityTable.TRUSTSTORE_PASSWORD)) {
                source.config()
                        .refuse(
                                SecurityTable.TRUSTSTORE_PASSWORD,
                                "a PEM file with certificates has no password: leave it out");
            }
            return TrustSource.pem(file);
        }
        return new TrustSource.Store(file, StoreType.valueOf(type), source.secret(SecurityTable.TRUSTSTORE_PASSWORD));
    }

    private static @Nullable KeySource key(Source source) {
        if (source.has(SecurityTable.KEYSTORE_CERTIFICATE_CHAIN) || source.has(SecurityTable.KEYSTORE_KEY)) {
            return keyOfText(source);
        }
        Path file = source.path(SecurityTable.KEYSTORE_LOCATION);
        if (file == null) {
            refuseWithoutFile(source, SecurityTable.KEYSTORE_PASSWORD, SecurityTable.KEYSTORE_LOCATION);
            return null;
        }
        String type = type(source, SecurityTable.KEYSTORE_TYPE, file);
        if (type.equals(PEM)) {
            if (source.has(SecurityTable.KEYSTORE_PASSWORD)) {
                source.config()
                        .refuse(
                                SecurityTable.KEYSTORE_PASSWORD,
                                "a PEM file has none; give the key's password as "
                                        + source.name(SecurityTable.KEY_PASSWORD));
            }
            return KeySource.pem(file, source.secret(SecurityTable.KEY_PASSWORD));
        }
        Secret password = source.secret(SecurityTable.KEYSTORE_PASSWORD);
        if (password == null) {
            source.need(SecurityTable.KEYSTORE_PASSWORD, source.name(SecurityTable.KEYSTORE_LOCATION) + " needs it");
            return null;
        }
        return new KeySource.Store(file, StoreType.valueOf(type), password, source.secret(SecurityTable.KEY_PASSWORD));
    }

    private static @Nullable KeySource keyOfText(Source source) {
        Secret chain = source.secret(SecurityTable.KEYSTORE_CERTIFICATE_CHAIN);
        Secret key = source.secret(SecurityTable.KEYSTORE_KEY);
        if (chain == null) {
            source.need(
                    SecurityTable.KEYSTORE_CERTIFICATE_CHAIN, source.name(SecurityTable.KEYSTORE_KEY) + " needs it");
            return null;
        }
        if (key == null) {
            source.need(
                    SecurityTable.KEYSTORE_KEY, source.name(SecurityTable.KEYSTORE_CERTIFICATE_CHAIN) + " needs it");
            return null;
        }
        refuseBesideText(source, SecurityTable.KEYSTORE_KEY, SecurityTable.KEYSTORE_LOCATION);
        refuseTypeOfText(source, SecurityTable.KEYSTORE_KEY, SecurityTable.KEYSTORE_TYPE);
        refuseBesideText(source, SecurityTable.KEYSTORE_KEY, SecurityTable.KEYSTORE_PASSWORD);
        return KeySource.pem(String.valueOf(chain.chars()), key, source.secret(SecurityTable.KEY_PASSWORD));
    }

    private static String type(Source source, ConfigKey<String> key, Path file) {
        String type = source.get(key);
        if (type != null) {
            return type;
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer")) {
            return PEM;
        }
        return (name.endsWith(".p12") || name.endsWith(".pfx") ? StoreType.PKCS12 : StoreType.JKS).name();
    }

    private static void refuseBesideText(Source source, ConfigKey<String> text, ConfigKey<String> other) {
        if (source.has(other)) {
            source.config()
                    .refuse(other, "contradicts " + source.name(text) + ", which is the PEM itself; give one of them");
        }
    }

    private static void refuseTypeOfText(Source source, ConfigKey<String> text, ConfigKey<String> typeKey) {
        String type = source.get(typeKey);
        if (type != null && !type.equals(PEM)) {
            source.config().refuse(typeKey, "must be PEM, as " + source.name(text) + " is given");
        }
    }

    private static void refuseWithoutFile(Source source, ConfigKey<String> password, ConfigKey<String> location) {
        if (source.has(password) && !source.has(location) && !source.config().isUnreadable(location)) {
            source.config().refuse(password, "has no store to open: give " + source.name(location));
        }
    }
}
