package dev.tubepost.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The key with which we show a broker who we are (mutual TLS), and the certificates that go with it. <em>Immutable.</em> Files are read when a connection
 * is opened, and again when they have changed.
 */
public sealed interface KeySource {

    /**
     * Both in PEM, given as text. kafka-clients: {@code ssl.keystore.certificate.chain}, {@code ssl.keystore.key}, {@code ssl.key.password}.
     *
     * @param certificateChain our certificate, then those that lead to one that brokers trust
     * @param privateKey the key in PKCS #8, encrypted or not
     * @param keyPassword the password of an encrypted key; null if it is not encrypted
     */
    record PemText(
            String certificateChain,
            Secret privateKey,
            @Nullable Secret keyPassword) implements KeySource {}

    /**
     * Both in PEM files, which may be one. kafka-clients: {@code ssl.keystore.location} with {@code ssl.keystore.type=PEM}.
     *
     * @param keyPassword the password of an encrypted key; null if it is not encrypted
     */
    record PemFiles(
            Path certificateChain,
            Path privateKey,
            @Nullable Secret keyPassword) implements KeySource {}

    /**
     * A file in one of the {@linkplain StoreType other formats}; its first key is used. kafka-clients: {@code ssl.keystore.location},
     * {@code ssl.keystore.password}, {@code ssl.key.password}.
     *
     * @param keyPassword the key's own password; null if it is the file's
     */
    record Store(
            Path file,
            StoreType type,
            Secret storePassword,
            @Nullable Secret keyPassword) implements KeySource {}

    /** A PEM file with key and certificates. */
    static KeySource pem(Path file, @Nullable Secret keyPassword) {
        return new PemFiles(file, file, keyPassword);
    }

    /** A PEM file with certificates and one with the key. */
    static KeySource pem(Path certificateChain, Path privateKey, @Nullable Secret keyPassword) {
        return new PemFiles(certificateChain, privateKey, keyPassword);
    }

    /** Certificates and key in PEM, given as text. */
    static KeySource pem(String certificateChain, Secret privateKey, @Nullable Secret keyPassword) {
        return new PemText(certificateChain, privateKey, keyPassword);
    }

    /** A PKCS #12 file. */
    static KeySource pkcs12(Path file, Secret password) {
        return new Store(file, StoreType.PKCS12, password, null);
    }

    /** A JKS file. */
    static KeySource jks(Path file, Secret storePassword, @Nullable Secret keyPassword) {
        return new Store(file, StoreType.JKS, storePassword, keyPassword);
    }
}
