package dev.tubepost.it.security.specification;

import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The keys and the user that brokers and clients of this JVM share: each side is told of it by a service of its own. <em>Immutable.</em> */
final class Realm {

    static final String USER = "specification";
    static final String PASSWORD = "a password for the tests";

    static final Identity AUTHORITY = Certificates.authority("tubepost specification");
    static final Path DIRECTORY = directory();

    private Realm() {}

    private static Path directory() {
        try {
            var directory = Files.createTempDirectory("tubepost-specification");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
