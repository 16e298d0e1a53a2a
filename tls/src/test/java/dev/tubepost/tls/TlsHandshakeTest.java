package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import dev.tubepost.tls.testing.KeyKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a handshake takes, and whom it refuses, and why (F100). */
final class TlsHandshakeTest {

    private static final EventLoops LOOPS = new EventLoops(EventLoops.Settings.defaults());
    private static final Identity AUTHORITY = Certificates.authority("Test CA");
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @AfterAll
    static void close() {
        LOOPS.close();
    }

    private static TlsOptions.Builder trusting(Identity authority) {
        return TlsOptions.builder().trust(TrustSource.pem(authority.certificatesPem()));
    }

    private static TlsClient connect(TlsPeer peer, TlsOptions options, String host) {
        return TlsClient.connect(LOOPS, new JsseProvider().security(options), host, peer.port(), 4096);
    }

    /** All messages of the chain. */
    private static String chain(Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void opensAStreamBothWays(String protocol) throws Exception {
        var broker = Certificates.named("broker").issuedBy(AUTHORITY);
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of(protocol), TlsPeer::echo);
                var client = connect(peer, trusting(AUTHORITY).build(), "localhost")) {
            client.awaitOpen().send(HELLO);
            assertThat(client.receive(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost.", "LOCALHOST", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "::1%lo"
            })
    void takesAHostAsPeopleSpellIt(String host) throws Exception {
        var broker = Certificates.named("broker").issuedBy(AUTHORITY);
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = connect(peer, trusting(AUTHORITY).build(), host)) {
            client.awaitOpen().send(HELLO);
            assertThat(client.receive(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost."})
    void tellsTheServerWhichHostIsMeant(String host) throws Exception {
        var broker = Certificates.named("broker").issuedBy(AUTHORITY);
        TlsPeer.Script sendsTheName = socket -> {
            socket.startHandshake();
            var session = (ExtendedSSLSession) socket.getHandshakeSession();
            var names = session == null
                    ? ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames()
                    : session.getRequestedServerNames();
            socket.getOutputStream()
                    .write(((SNIHostName) names.get(0)).getAsciiName().getBytes(StandardCharsets.UTF_8));
        };
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), sendsTheName);
                var client = connect(peer, trusting(AUTHORITY).build(), host)) {
            assertThat(client.awaitOpen().receive(9)).asString().isEqualTo("localhost");
        }
    }

    record Refusal(String what, Identity broker, String host, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Refusal> refusals() {
        var other = Certificates.authority("Other CA");
        return Stream.of(
                new Refusal(
                        "expired",
                        Certificates.named("b").expired().issuedBy(AUTHORITY),
                        "localhost",
                        "CertificateExpiredException: NotAfter:"),
                new Refusal(
                        "not yet valid",
                        Certificates.named("b").notYetValid().issuedBy(AUTHORITY),
                        "localhost",
                        "CertificateNotYetValidException: NotBefore:"),
                new Refusal(
                        "wrong host",
                        Certificates.named("b").hosts("elsewhere.example").issuedBy(AUTHORITY),
                        "localhost",
                        "No subject alternative DNS name matching localhost found"),
                new Refusal(
                        "wrong address",
                        Certificates.named("b").hosts("localhost").issuedBy(AUTHORITY),
                        "127.0.0.1",
                        "No subject alternative names matching IP address 127.0.0.1 found"),
                new Refusal(
                        "unknown authority",
                        Certificates.named("b").issuedBy(other),
                        "localhost",
                        "unable to find valid certification path"),
                new Refusal(
                        "self-signed",
                        Certificates.named("b").selfSigned(),
                        "localhost",
                        "unable to find valid certification path"),
                new Refusal(
                        "SHA-1",
                        Certificates.named("b").signature("SHA1withECDSA").issuedBy(AUTHORITY),
                        "localhost",
                        "SHA1withECDSA"),
                new Refusal(
                        "RSA-1024",
                        Certificates.named("b").key(KeyKind.RSA_1024).issuedBy(AUTHORITY),
                        "localhost",
                        "RSA key of 1024 bits"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesACertificateAndSaysWhy(Refusal refusal) throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (var peer = TlsPeer.start(refusal.broker, AUTHORITY, TlsPeer.Settings.of(protocol), TlsPeer::echo);
                    var client = connect(peer, trusting(AUTHORITY).build(), refusal.host)) {
                var failure = client.failure();
                assertThat(failure).isInstanceOf(SSLException.class);
                assertThat(chain(failure)).contains(refusal.says);
            }
        }
    }

    @Test
    void refusesATrustedCertificateThatHasExpired() throws Exception {
        var broker = Certificates.named("b").expired().selfSigned();
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = connect(peer, trusting(broker).build(), "localhost")) {
            assertThat(chain(client.failure())).contains("CertificateExpiredException");
        }
    }

    @Test
    void takesATrustedCertificateThatHasSignedItself() throws Exception {
        var broker = Certificates.named("b").selfSigned();
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = connect(peer, trusting(broker).build(), "localhost")) {
            client.awaitOpen().send(HELLO);
            assertThat(client.receive(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void checksTheHostAlsoWithAContextOfTheUsers() throws Exception {
        var broker = Certificates.named("b").hosts("elsewhere.example").issuedBy(AUTHORITY);
        var context = new JsseProvider().contexts(trusting(AUTHORITY).build()).current();
        var options = TlsOptions.builder().sslContext(context).build();
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = connect(peer, options, "localhost")) {
            assertThat(chain(client.failure())).contains("No subject alternative DNS name matching localhost");
        }
    }

    @Test
    void trustsNobodyOfOursWithTheTrustOfTheJdk() throws Exception {
        var broker = Certificates.named("b").issuedBy(AUTHORITY);
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var client = connect(peer, TlsOptions.defaults(), "localhost")) {
            assertThat(chain(client.failure())).contains("unable to find valid certification path");
        }
    }

    @Test
    void neverSpeaksLessThanTls12() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = TlsClient.connect(
                        LOOPS,
                        new JsseProvider().security(trusting(AUTHORITY).build()),
                        "localhost",
                        server.getLocalPort(),
                        4096)) {
            try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                var hello = new byte[] {22, 3, 1, 0, 74, 2, 0, 0, 70, 3, 1}; // a ServerHello of TLS 1.0
                var record = Arrays.copyOf(hello, 5 + 74);
                record[43] = 32; // a session id, then TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA without compression
                record[77 - 1] = (byte) 0xc0;
                record[77] = 0x13;
                socket.getOutputStream().write(record);
                assertThat(client.failure())
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("protocol version TLS10 is not accepted");
            }
        }
    }

    @Test
    void failsWhenVersionsDoNotMeet() throws Exception {
        var broker = Certificates.named("b").issuedBy(AUTHORITY);
        var options = trusting(AUTHORITY).protocols(List.of("TLSv1.3")).build();
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.2"), TlsPeer::echo);
                var client = connect(peer, options, "localhost")) {
            assertThat(client.failure())
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("protocol_version");
        }
    }

    @Test
    void usesOnlyTheCipherSuitesThatWereChosen() throws Exception {
        var broker = Certificates.named("b").issuedBy(AUTHORITY);
        var options = trusting(AUTHORITY)
                .cipherSuites(List.of("TLS_CHACHA20_POLY1305_SHA256"))
                .build();
        TlsPeer.Script sendsTheSuite = socket -> {
            socket.startHandshake();
            socket.getOutputStream().write(socket.getSession().getCipherSuite().getBytes(StandardCharsets.UTF_8));
        };
        try (var peer = TlsPeer.start(broker, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), sendsTheSuite);
                var client = connect(peer, options, "localhost")) {
            assertThat(client.receive(28)).asString().isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
        }
    }

    @Test
    void refusesCipherSuitesThatNobodyKnows() {
        var options = TlsOptions.builder()
                .cipherSuites(List.of("TLS_AES_129_GCM_SHA256"))
                .build();
        assertThatThrownBy(() -> new JsseProvider().security(options))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("TLS_AES_129_GCM_SHA256")
                .hasMessageContaining("it knows")
                .hasMessageContaining("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void saysThatVersionsAndCipherSuitesLeaveNothing() throws Exception {
        var options = TlsOptions.builder()
                .protocols(List.of("TLSv1.2"))
                .cipherSuites(List.of("TLS_AES_128_GCM_SHA256"))
                .build();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = TlsClient.connect(
                        LOOPS, new JsseProvider().security(options), "localhost", server.getLocalPort(), 4096)) {
            assertThat(client.failure())
                    .isInstanceOf(TlsMaterialException.class)
                    .hasMessageContaining("TLS_AES_128_GCM_SHA256")
                    .hasMessageContaining("disabledAlgorithms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC_P256", "RSA_2048", "ED25519"})
    void showsItsCertificateToAServerThatAsks(KeyKind kind) throws Exception {
        var broker = Certificates.named("broker").issuedBy(AUTHORITY);
        var own = Certificates.named("alice").key(kind).issuedBy(AUTHORITY);
        var options = trusting(AUTHORITY)
                .key(KeySource.pem(own.certificatesPem(), Secret.of(own.keyPem()), null))
                .build();
        TlsPeer.Script sendsTheName = socket -> socket.getOutputStream()
                .write(socket.getSession().getPeerPrincipal().getName().getBytes(StandardCharsets.UTF_8));
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (var peer = TlsPeer.start(broker, AUTHORITY, new TlsPeer.Settings(protocol, true, 0), sendsTheName);
                    var client = connect(peer, options, "localhost")) {
                assertThat(client.awaitOpen().receive(8)).asString().isEqualTo("CN=alice");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void failsWithTheAlertOfAServerThatMissesACertificate(String protocol) throws Exception {
        var broker = Certificates.named("broker").issuedBy(AUTHORITY);
        try (var peer = TlsPeer.start(broker, AUTHORITY, new TlsPeer.Settings(protocol, true, 0), TlsPeer::echo);
                var client = connect(peer, trusting(AUTHORITY).build(), "localhost")) {
            // In TLS 1.3 our side of the handshake is over before the server has seen what is missing.
            IOException told = protocol.equals("TLSv1.3") ? client.end() : client.failure();
            assertThat(told).isInstanceOf(SSLException.class).hasMessageContaining("fatal alert");
        }
    }

    @Test
    void saysThatThePeerClosedDuringTheHandshake() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = TlsClient.connect(
                        LOOPS,
                        new JsseProvider().security(trusting(AUTHORITY).build()),
                        "localhost",
                        server.getLocalPort(),
                        4096)) {
            try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
            }
            assertThat(client.failure()).isInstanceOf(EOFException.class).hasMessageContaining("closed the connection");
        }
    }

    @Test
    void saysThatWhatAnswersIsNoTls() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = TlsClient.connect(
                        LOOPS,
                        new JsseProvider().security(trusting(AUTHORITY).build()),
                        "localhost",
                        server.getLocalPort(),
                        4096)) {
            try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(client.failure())
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("nrecognized SSL message");
            }
        }
    }

    @Test
    void handsOutAContextForHttps() throws Exception {
        assertThat(new JsseProvider()
                        .contexts(trusting(AUTHORITY).build())
                        .current()
                        .getProtocol())
                .isEqualTo("TLS");
    }
}
