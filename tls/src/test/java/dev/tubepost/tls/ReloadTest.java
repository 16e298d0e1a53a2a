package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while connections are opened (N12, F101). */
final class ReloadTest {

    private static final Identity OLD = Certificates.authority("Old CA");
    private static final Identity NEW = Certificates.authority("New CA");

    @TempDir
    Path directory;

    private Path write(String name, String content) throws Exception {
        var next = Files.writeString(directory.resolve("next"), content);
        return Files.move(next, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private TlsMaterial trusting(Path file) {
        return new TlsMaterial(TlsOptions.builder().trust(TrustSource.pem(file)).build());
    }

    @Test
    void keepsTheContextAsLongAsNothingChanged() throws Exception {
        var material = trusting(write("ca.pem", OLD.certificatesPem()));
        assertThat(material.current()).isSameAs(material.current());
    }

    @Test
    void takesANewFileForNewConnections() throws Exception {
        var file = write("ca.pem", OLD.certificatesPem());
        var security = new JsseProvider()
                .security(TlsOptions.builder().trust(TrustSource.pem(file)).build());
        var loops = new EventLoops(EventLoops.Settings.defaults());
        var before = Certificates.named("broker").issuedBy(OLD);
        var after = Certificates.named("broker").issuedBy(NEW);
        try (var oldPeer = TlsPeer.start(before, OLD, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var newPeer = TlsPeer.start(after, NEW, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo);
                var open = TlsClient.connect(loops, security, "localhost", oldPeer.port(), 64)
                        .awaitOpen()) {
            write("ca.pem", NEW.certificatesPem());
            try (var next = TlsClient.connect(loops, security, "localhost", newPeer.port(), 64)) {
                next.awaitOpen();
            }
            open.send(new byte[] {7});
            assertThat(open.receive(1)).as("an open connection goes on").containsExactly(7);
        } finally {
            loops.close();
        }
    }

    @Test
    void keepsTheOldFileForABadOneAndWarnsOnce() throws Exception {
        var file = write("ca.pem", OLD.certificatesPem());
        var material = trusting(file);
        var good = material.current();
        var log = logOf(() -> {
            write("ca.pem", NEW.certificatesPem().substring(0, 100));
            assertThat(material.current()).isSameAs(good);
            assertThat(material.current()).isSameAs(good);
            Files.delete(file);
            assertThat(material.current()).isSameAs(good);
        });
        assertThat(log.lines().filter(line -> line.contains("stay in force"))).hasSize(2);
        assertThat(log).contains(file.toString()).contains("is cut off").contains("does not exist");
        write("ca.pem", NEW.certificatesPem());
        assertThat(material.current()).as("whole again").isNotSameAs(good);
    }

    @Test
    void waitsForBothFilesOfAPair() throws Exception {
        var first = Certificates.named("alice").issuedBy(OLD);
        var second = Certificates.named("alice").issuedBy(OLD);
        var chain = write("chain.pem", first.certificatesPem());
        var key = write("key.pem", first.keyPem());
        var material = new TlsMaterial(
                TlsOptions.builder().key(KeySource.pem(chain, key, null)).build());
        var good = material.current();
        write("chain.pem", second.certificatesPem());
        assertThat(logOf(() -> assertThat(material.current()).isSameAs(good))).contains("does not belong");
        write("key.pem", second.keyPem());
        assertThat(material.current()).isNotSameAs(good);
    }

    @Test
    void failsUntilThereIsAFirstGoodFile() throws Exception {
        var file = directory.resolve("ca.pem");
        var material = trusting(file);
        assertThatThrownBy(material::current)
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining(file.toString());
        write("ca.pem", OLD.certificatesPem());
        assertThat(material.current()).isNotNull();
    }

    @Test
    void aConnectionFailsWithTheReason() throws Exception {
        var file = directory.resolve("ca.pem");
        var security = new JsseProvider()
                .security(TlsOptions.builder().trust(TrustSource.pem(file)).build());
        var loops = new EventLoops(EventLoops.Settings.defaults());
        var broker = Certificates.named("broker").issuedBy(OLD);
        try (var peer = TlsPeer.start(broker, OLD, TlsPeer.Settings.of("TLSv1.3"), TlsPeer::echo)) {
            try (var client = TlsClient.connect(loops, security, "localhost", peer.port(), 64)) {
                assertThat(client.failure())
                        .isInstanceOf(TlsMaterialException.class)
                        .hasMessageContaining(file.toString());
            }
            write("ca.pem", OLD.certificatesPem());
            try (var client = TlsClient.connect(loops, security, "localhost", peer.port(), 64)) {
                client.awaitOpen();
            }
        } finally {
            loops.close();
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    /** What is logged meanwhile: slf4j-simple writes to the standard error. */
    private static String logOf(Action action) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
