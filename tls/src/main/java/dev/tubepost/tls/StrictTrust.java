package dev.tubepost.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses, besides what the JDK refuses (jdk.certpath.disabledAlgorithms and the rest), certificates that are too weak to mean anything, and a trusted
 * certificate of the server's own that has expired: the JDK leaves both to private authorities (F100). <em>Immutable.</em>
 */
final class StrictTrust extends X509ExtendedTrustManager {

    /** NIST SP 800-57 part 1, table 2: 112 bits of strength, as for EC. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MIN_EC_BITS = 224;

    private final X509ExtendedTrustManager jdk;

    StrictTrust(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        jdk.checkServerTrusted(chain, authType, engine);
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        jdk.checkServerTrusted(chain, authType, socket);
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        jdk.checkServerTrusted(chain, authType);
        check(chain);
    }

    /** We are no server. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    private static void check(X509Certificate[] chain) throws CertificateException {
        chain[0].checkValidity();
        for (var certificate : chain) {
            checkKey(certificate);
            checkSignature(certificate);
        }
    }

    private static void checkKey(X509Certificate certificate) throws CertificateException {
        var key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw weak(
                    certificate,
                    "an RSA key of " + rsa.getModulus().bitLength() + " bits, and not at least " + MIN_RSA_BITS);
        }
        if (key instanceof ECKey ec && ec.getParams().getOrder().bitLength() < MIN_EC_BITS) {
            throw weak(
                    certificate,
                    "an EC key of " + ec.getParams().getOrder().bitLength() + " bits, and not at least " + MIN_EC_BITS);
        }
    }

    /** A certificate that vouches for itself is trusted for what it is: its signature means nothing. */
    private static void checkSignature(X509Certificate certificate) throws CertificateException {
        String algorithm = certificate.getSigAlgName();
        String upper = algorithm.toUpperCase(Locale.ROOT);
        boolean broken = upper.startsWith("SHA1") || upper.startsWith("SHA-1") || upper.startsWith("MD");
        if (broken && !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            throw weak(certificate, "a signature with " + algorithm + ", which can be forged");
        }
    }

    private static CertificateException weak(X509Certificate certificate, String what) {
        return new CertificateException("the certificate of " + certificate.getSubjectX500Principal() + " has " + what
                + ": it needs a new one");
    }
}
