package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.TrustSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes of a {@link TrustSource} who decides about a peer's certificates. <em>Immutable.</em> */
final class TrustLoader {

    private TrustLoader() {}

    /** @param source null for whom the JDK trusts */
    static X509ExtendedTrustManager load(@Nullable TrustSource source) throws TlsMaterialException {
        if (source == null) {
            return trusting(null, "the JDK's own trust store (javax.net.ssl.trustStore)");
        }
        if (source instanceof TrustSource.PemText text) {
            String what = "the text with the trusted certificates";
            return trusting(CertificateReader.read(text.certificates().getBytes(StandardCharsets.UTF_8), what), what);
        }
        if (source instanceof TrustSource.PemFile pem) {
            String what = "the file " + pem.file() + " with the trusted certificates";
            return trusting(CertificateReader.read(MaterialFile.read(pem.file(), what), what), what);
        }
        var store = (TrustSource.Store) source;
        String what = "the trust store " + store.file();
        var opened = StoreReader.open(store.file(), store.type(), store.password(), what);
        return trusting(trustedIn(opened, store, what), what);
    }

    private static List<X509Certificate> trustedIn(KeyStore opened, TrustSource.Store store, String what)
            throws TlsMaterialException {
        var certificates = new ArrayList<X509Certificate>();
        try {
            for (String alias : Collections.list(opened.aliases())) {
                if (opened.isCertificateEntry(alias)
                        && opened.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(what + " cannot be used: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new TlsMaterialException(
                    what + " has no trusted certificate"
                            + (store.password() == null ? " (as far as it can be read without a password)" : "")
                            + ": add one with keytool -importcert -keystore " + store.file()
                            + " (in a PKCS #12 file that openssl made none is marked as trusted), or give the"
                            + " certificates in PEM",
                    null);
        }
        return certificates;
    }

    private static X509ExtendedTrustManager trusting(@Nullable List<X509Certificate> anchors, String what)
            throws TlsMaterialException {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors == null ? null : storeOf(anchors));
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new StrictTrust(extended);
                }
            }
            throw new TlsMaterialException("this JDK gives no trust manager for X.509", null);
        } catch (GeneralSecurityException | IOException e) {
            throw e instanceof TlsMaterialException own
                    ? own
                    : new TlsMaterialException(what + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore storeOf(List<X509Certificate> anchors) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry("anchor-" + i, anchors.get(i));
        }
        return store;
    }
}
