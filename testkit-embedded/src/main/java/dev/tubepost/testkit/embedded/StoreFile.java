package dev.tubepost.testkit.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with certificates or a key, as a broker reads it. <em>Immutable.</em>
 *
 * @param file where it lies; the broker reads it when it starts, and when it is {@linkplain EmbeddedKafka#exchangeKeyStore told to}
 * @param type PKCS12, JKS or PEM
 * @param password of the file and of the key in it; null for none
 */
public record StoreFile(Path file, String type, @Nullable String password) {

    /** A PKCS #12 file. */
    public static StoreFile pkcs12(Path file, String password) {
        return new StoreFile(file, "PKCS12", password);
    }

    /** A PEM file without a password. */
    public static StoreFile pem(Path file) {
        return new StoreFile(file, "PEM", null);
    }

    /** The password is not shown. */
    @Override
    public String toString() {
        return "StoreFile[" + file + ", " + type + "]";
    }
}
