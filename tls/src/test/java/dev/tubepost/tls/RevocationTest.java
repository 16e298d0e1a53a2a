package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.math.BigInteger;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Revoked certificates, where the user's own context asks the JDK to look (F100). */
final class RevocationTest {

    private static final Identity AUTHORITY = Certificates.authority("Test CA");
    private static final Identity REVOKED = Certificates.named("revoked").issuedBy(AUTHORITY);
    private static final Identity GOOD = Certificates.named("good").issuedBy(AUTHORITY);

    @Test
    void refusesACertificateThatIsRevoked() throws Exception {
        var loops = new EventLoops(EventLoops.Settings.defaults());
        try (var peer = TlsPeer.start(REVOKED, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = TlsClient.connect(
                        loops, new JsseProvider().security(lookingAtRevocations()), "localhost", peer.port(), 64)) {
            assertThat(client.failure())
                    .isInstanceOf(SSLHandshakeException.class)
                    .rootCause()
                    .asString()
                    .contains("revoked", "KEY_COMPROMISE");
        } finally {
            loops.close();
        }
    }

    @Test
    void takesOneOfTheSameAuthorityThatIsNot() throws Exception {
        var loops = new EventLoops(EventLoops.Settings.defaults());
        try (var peer = TlsPeer.start(GOOD, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = TlsClient.connect(
                        loops, new JsseProvider().security(lookingAtRevocations()), "localhost", peer.port(), 64)) {
            client.awaitOpen().send(new byte[] {7});
            assertThat(client.receive(1)).containsExactly(7);
        } finally {
            loops.close();
        }
    }

    private static TlsOptions lookingAtRevocations() throws Exception {
        var anchor = new TrustAnchor(AUTHORITY.certificate(), null);
        var parameters = new PKIXBuilderParameters(Set.of(anchor), new X509CertSelector());
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(revocations()))));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(new CertPathTrustManagerParameters(parameters));
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return TlsOptions.builder().sslContext(context).build();
    }

    private static X509CRL revocations() throws Exception {
        var yesterday = Date.from(Instant.now().minus(Duration.ofDays(1)));
        BigInteger serial = REVOKED.certificate().getSerialNumber();
        var list = new JcaX509v2CRLBuilder(AUTHORITY.certificate().getSubjectX500Principal(), yesterday)
                .setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))))
                .addCRLEntry(serial, yesterday, CRLReason.keyCompromise)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY.key()));
        return new JcaX509CRLConverter().getCRL(list);
    }
}
