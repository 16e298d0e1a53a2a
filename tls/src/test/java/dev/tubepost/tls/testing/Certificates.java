package dev.tubepost.tls.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a certificate is to be, and makes it. <em>Confined to one thread.</em> The defaults are a good one: an EC key, SHA-256, valid since
 * yesterday, for a month, for localhost and its addresses.
 *
 * <pre>
 *   var authority = Certificates.authority("Test CA");
 *   var broker = Certificates.named("localhost").issuedBy(authority);
 *   var client = Certificates.named("alice").issuedBy(authority);
 * </pre>
 */
public final class Certificates {

    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final String name;
    private final List<GeneralName> hosts = new ArrayList<>();
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant until = Instant.now().plus(Duration.ofDays(30));
    private KeyKind key = KeyKind.EC_P256;
    private @Nullable String signature;
    private boolean authority;

    private Certificates(String name) {
        this.name = name;
        hosts("localhost").addresses("127.0.0.1", "::1");
    }

    /** A good authority: it has signed itself, and may sign others. */
    public static Identity authority(String name) {
        return named(name).asAuthority().selfSigned();
    }

    /** Begins a certificate. */
    public static Certificates named(String commonName) {
        return new Certificates(commonName);
    }

    /** It is for these hosts, and no others or addresses. */
    public Certificates hosts(String... names) {
        hosts.clear();
        for (String host : names) {
            hosts.add(new GeneralName(GeneralName.dNSName, host));
        }
        return this;
    }

    /** It is for these addresses, too. */
    public Certificates addresses(String... addresses) {
        for (String address : addresses) {
            hosts.add(new GeneralName(GeneralName.iPAddress, address));
        }
        return this;
    }

    /** It is over since yesterday. */
    public Certificates expired() {
        from = Instant.now().minus(Duration.ofDays(30));
        until = Instant.now().minus(Duration.ofDays(1));
        return this;
    }

    /** It begins tomorrow. */
    public Certificates notYetValid() {
        from = Instant.now().plus(Duration.ofDays(1));
        return this;
    }

    public Certificates key(KeyKind kind) {
        key = kind;
        return this;
    }

    /** Its signature is made with this algorithm, as {@code SHA1withECDSA}; it must fit the signer's key. */
    public Certificates signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    /** It may sign others. */
    public Certificates asAuthority() {
        authority = true;
        return this;
    }

    /** Makes it, signed by its own key. */
    public Identity selfSigned() {
        try {
            var pair = key.generate();
            String algorithm = signature == null ? key.signature() : signature;
            return new Identity(pair.getPrivate(), List.of(certificate(pair, name, pair.getPrivate(), algorithm)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes it, signed by that one; the chain leads to it, without the one that has signed itself. */
    public Identity issuedBy(Identity issuer) {
        try {
            var pair = key.generate();
            var issuing = issuer.certificate();
            String algorithm = signature == null ? issuer.defaultSignature() : signature;
            var chain = new ArrayList<X509Certificate>();
            chain.add(certificate(pair, issuer.commonName(), issuer.key(), algorithm));
            issuer.chain().stream()
                    .filter(link -> !link.getSubjectX500Principal().equals(link.getIssuerX500Principal()))
                    .forEach(chain::add);
            chain.get(0).verify(issuing.getPublicKey());
            return new Identity(pair.getPrivate(), chain);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(KeyPair pair, String issuer, PrivateKey signingKey, String algorithm)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(SERIALS.getAndIncrement()),
                Date.from(from),
                Date.from(until),
                new X500Name("CN=" + name),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (authority) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } else {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(hosts.toArray(GeneralName[]::new)));
        }
        var signer = new JcaContentSignerBuilder(algorithm).build(signingKey);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
