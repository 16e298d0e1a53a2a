package dev.tubepost.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key of the server's and its certificate, which it has signed itself: made by the JDK's {@code keytool}, for the loopback address.
 * <em>Immutable.</em>
 *
 * @param keyStore the server's, in PKCS #12
 * @param certificate what clients trust, in PEM
 */
public record ServerKey(Path keyStore, Path certificate) {

    private static final String PASSWORD = "not-a-secret";

    /** Makes one, in files of this directory, or takes the one that is there. */
    public static ServerKey in(Path directory) throws IOException {
        var key = new ServerKey(directory.resolve("server.p12"), directory.resolve("server.pem"));
        if (!Files.exists(key.certificate)) {
            Files.deleteIfExists(key.keyStore);
            keytool(
                    key.keyStore,
                    List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost", "-validity"),
                    List.of("3650", "-ext", "san=ip:127.0.0.1,dns:localhost"));
            keytool(key.keyStore, List.of("-exportcert", "-rfc", "-file"), List.of(key.certificate.toString()));
        }
        return key;
    }

    private static void keytool(Path keyStore, List<String> task, List<String> arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(task);
        command.addAll(arguments);
        command.addAll(List.of(
                "-alias", "server", "-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What the server shows its clients. */
    static SSLContext context(Path keyStore) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the server's key cannot be used", e);
        }
    }
}
