package dev.tubepost.tls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A key and the certificates that go with it, its own first. <em>Immutable.</em> It writes itself in every format that the library reads.
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    public Identity {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    String commonName() {
        return certificate().getSubjectX500Principal().getName().substring("CN=".length());
    }

    String defaultSignature() {
        return switch (key.getAlgorithm()) {
            case "EC" -> KeyKind.EC_P256.signature();
            case "RSA" -> KeyKind.RSA_2048.signature();
            default -> KeyKind.ED25519.signature();
        };
    }

    /** The certificates in PEM. */
    public String certificatesPem() {
        var text = new StringBuilder();
        for (var certificate : chain) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    /** The key in PEM: PKCS #8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The key in PEM: PKCS #8, encrypted with AES-256 (PBES2). */
    public String encryptedKeyPem(String password) {
        return pem("ENCRYPTED PRIVATE KEY", encryptedKey(password, 10_000));
    }

    /** The same, not yet in PEM. */
    public byte[] encryptedKey(String password, int iterations) {
        try {
            var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(PKCS8Generator.PRF_HMACSHA256)
                    .setIterationCount(iterations)
                    .setPassword(password.toCharArray())
                    .build();
            return new JcaPKCS8Generator(key, encryptor).generate().getContent();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key in PEM in the older format: PKCS #1 or SEC 1. */
    public String oldKeyPem() {
        try {
            byte[] inner = PrivateKeyInfo.getInstance(key.getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
            return pem(key.getAlgorithm() + " PRIVATE KEY", inner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A block of PEM. */
    public static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    /** Writes key and certificates. As PKCS12 or JKS. */
    public Path writeKeyStore(Path file, String type, String storePassword, String keyPassword) {
        return write(
                file,
                type,
                storePassword,
                store -> store.setKeyEntry("own", key, keyPassword.toCharArray(), chain.toArray(Certificate[]::new)));
    }

    /** Writes the certificates as trusted ones. As PKCS12 or JKS. */
    public Path writeTrustStore(Path file, String type, String password) {
        return write(file, type, password, store -> {
            for (int i = 0; i < chain.size(); i++) {
                store.setCertificateEntry("trusted-" + i, chain.get(i));
            }
        });
    }

    /** Writes a store without anything in it. */
    public static Path writeEmptyStore(Path file, String type, String password) {
        return write(file, type, password, store -> {});
    }

    /** A server's context with this identity, that trusts clients of that authority. */
    public SSLContext serverContext(Identity clientAuthority) {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("own", key, new char[] {'x'}, chain.toArray(Certificate[]::new));
            var keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, new char[] {'x'});
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", clientAuthority.certificate());
            var trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static Path write(Path file, String type, String password, Filling filling) {
        try (var out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance(type);
            store.load(null, null);
            filling.fill(store);
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
