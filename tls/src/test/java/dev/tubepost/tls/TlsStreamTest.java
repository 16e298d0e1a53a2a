package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over real sockets, with a server of the JDK's (F102). */
final class TlsStreamTest {

    private static final Identity AUTHORITY = Certificates.authority("Test CA");
    private static final Identity BROKER = Certificates.named("broker").issuedBy(AUTHORITY);
    private static final TlsOptions OPTIONS = TlsOptions.builder()
            .trust(TrustSource.pem(AUTHORITY.certificatesPem()))
            .build();
    private static final int LARGE_BYTES = 8 << 20;
    private static final EventLoops LOOPS = loops(0);

    private static EventLoops loops(int sendBufferBytes) {
        return new EventLoops(
                new EventLoops.Settings(1, EventLoops.platformThreads(), sendBufferBytes, 0, (where, thrown) -> {}));
    }

    @AfterAll
    static void close() {
        LOOPS.close();
    }

    private static TlsClient connect(EventLoops loops, TlsPeer peer, int readBytes) throws Exception {
        return TlsClient.connect(loops, new JsseProvider().security(OPTIONS), "localhost", peer.port(), readBytes)
                .awaitOpen();
    }

    private static byte[] large() {
        byte[] data = new byte[LARGE_BYTES];
        new Random(1).nextBytes(data);
        return data;
    }

    private static byte[] sha256(byte[] data) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }

    /** Takes so many bytes, and answers with their checksum. */
    private static TlsPeer.Script answersWithTheChecksum(int count) {
        return socket -> {
            var data = socket.getInputStream().readNBytes(count);
            socket.getOutputStream().write(sha256(data));
        };
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, 4096", "TLSv1.3, 65536", "TLSv1.2, 16384"})
    void carriesMuchBothWaysWhileKeysChange(String protocol, int readBytes) throws Exception {
        assertThat(Security.getProperty("jdk.tls.keyLimits"))
                .as("keys change each megabyte")
                .contains("2^20");
        var data = large();
        try (var peer = TlsPeer.start(BROKER, AUTHORITY, TlsPeer.Settings.of(protocol), TlsPeer::echo);
                var client = connect(LOOPS, peer, readBytes)) {
            client.send(data);
            assertThat(sha256(client.receive(data.length))).isEqualTo(sha256(data));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void writesInSmallPartsToAPeerThatReadsLate(String protocol) throws Exception {
        var data = large();
        var mayRead = new CountDownLatch(1);
        TlsPeer.Script readsLate = socket -> {
            socket.startHandshake();
            mayRead.await();
            answersWithTheChecksum(data.length).run(socket);
        };
        var small = loops(4096);
        try (var peer = TlsPeer.start(BROKER, AUTHORITY, new TlsPeer.Settings(protocol, false, 4096), readsLate);
                var client = connect(small, peer, 4096)) {
            client.send(data);
            assertThat(client.isWaitingForRoom())
                    .as("the stream is full by then")
                    .isTrue();
            mayRead.countDown();
            assertThat(client.receive(32)).isEqualTo(sha256(data));
        } finally {
            small.close();
        }
    }

    @Test
    void resumesASessionWithTheSameServer() throws Exception {
        TlsPeer.Script tellsWhenTheSessionBegan = socket -> {
            socket.startHandshake();
            socket.getOutputStream()
                    .write(Long.toString(socket.getSession().getCreationTime()).getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().read();
        };
        var security = new JsseProvider().security(OPTIONS);
        try (var peer = TlsPeer.start(BROKER, AUTHORITY, TlsPeer.Settings.of("TLSv1.2"), tellsWhenTheSessionBegan)) {
            byte[] first = began(security, peer);
            assertThat(began(security, peer)).isEqualTo(first);
        }
    }

    private static byte[] began(TransportSecurity security, TlsPeer peer) throws Exception {
        try (var client = TlsClient.connect(LOOPS, security, "localhost", peer.port(), 4096)) {
            return client.awaitOpen().receive(13);
        }
    }

    @Test
    void endsWithThePeer() throws Exception {
        try (var peer = TlsPeer.start(BROKER, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), SSLSocket::startHandshake);
                var client = connect(LOOPS, peer, 4096)) {
            assertThat(client.end()).isNull();
        }
    }

    @Test
    void saysGoodbyeToThePeer() throws Exception {
        var read = new CompletableFuture<Integer>();
        TlsPeer.Script readsTheEnd =
                socket -> read.complete(socket.getInputStream().read());
        try (var peer = TlsPeer.start(BROKER, AUTHORITY, TlsPeer.Settings.of("TLSv1.3"), readsTheEnd)) {
            connect(LOOPS, peer, 4096).close();
            assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void canBeClosedWhileThePeerIsSilentInTheHandshake() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var client = TlsClient.connect(
                    LOOPS, new JsseProvider().security(OPTIONS), "localhost", server.getLocalPort(), 4096);
            try (var socket = server.accept()) {
                socket.setSoTimeout(30_000);
                assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
                client.close();
                byte[] goodbye = socket.getInputStream().readAllBytes();
                assertThat(goodbye[0]).as("a record of alerts").isEqualTo((byte) 21);
            }
        }
    }
}
