package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads X.509 certificates out of PEM. <em>Immutable.</em> */
final class CertificateReader {

    private CertificateReader() {}

    /**
     * All certificates, in their order; other blocks are passed over.
     *
     * @throws TlsMaterialException if there is none, or one is damaged
     */
    static List<X509Certificate> read(byte[] text, String what) throws TlsMaterialException {
        return read(Pem.parse(text, what), what);
    }

    static List<X509Certificate> read(List<Pem.Block> blocks, String what) throws TlsMaterialException {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks) {
            if (isCertificate(block.label())) {
                certificates.add(decode(block, what, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsMaterialException(
                    what + " has no certificate: a block that begins with -----BEGIN CERTIFICATE----- is expected."
                            + " Is it another format (PKCS #12, JKS, DER)? openssl x509 -inform DER -in FILE -out FILE.pem"
                            + " makes PEM of DER",
                    null);
        }
        return certificates;
    }

    private static boolean isCertificate(String label) {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    private static X509Certificate decode(Pem.Block block, String what, int number) throws TlsMaterialException {
        byte[] content = block.content();
        if (content == null) {
            throw new TlsMaterialException(what + " is damaged: certificate " + number + " is not base64", null);
        }
        try {
            var decoded =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
            if (decoded instanceof X509Certificate certificate) {
                return certificate;
            }
            throw new CertificateException("not an X.509 certificate");
        } catch (CertificateException e) {
            throw new TlsMaterialException(
                    what + " is damaged: certificate " + number + " cannot be decoded: " + e.getMessage(), e);
        }
    }
}
