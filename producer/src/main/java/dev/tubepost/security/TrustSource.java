package dev.tubepost.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of those whom we trust to say who a broker is. <em>Immutable.</em> Files are read when a connection is opened, and again when they
 * have changed.
 */
public sealed interface TrustSource {

    /** Certificates in PEM, given as text. kafka-clients: {@code ssl.truststore.certificates}. */
    record PemText(String certificates) implements TrustSource {}

    /** A file with certificates in PEM. kafka-clients: {@code ssl.truststore.location} with {@code ssl.truststore.type=PEM}. */
    record PemFile(Path file) implements TrustSource {}

    /**
     * A file in one of the {@linkplain StoreType other formats}. kafka-clients: {@code ssl.truststore.location}.
     *
     * @param password the file's password; null if it has none, or is not to be checked with it
     */
    record Store(Path file, StoreType type, @Nullable Secret password) implements TrustSource {}

    /** Certificates in PEM, given as text. */
    static TrustSource pem(String certificates) {
        return new PemText(certificates);
    }

    /** A file with certificates in PEM. */
    static TrustSource pem(Path file) {
        return new PemFile(file);
    }

    /** A PKCS #12 file. */
    static TrustSource pkcs12(Path file, @Nullable Secret password) {
        return new Store(file, StoreType.PKCS12, password);
    }

    /** A JKS file. */
    static TrustSource jks(Path file, @Nullable Secret password) {
        return new Store(file, StoreType.JKS, password);
    }
}
