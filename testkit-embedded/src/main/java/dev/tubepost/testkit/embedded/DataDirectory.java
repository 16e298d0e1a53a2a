package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Immutable. Where a cluster keeps its data: a temporary directory of its own, or one that the user named and keeps. */
final class DataDirectory {
    /** A stopped broker's last threads may still create files for a moment. */
    private static final Duration DELETION = Duration.ofSeconds(5);

    private static final String PREFIX = "tubepost-kafka-";

    private final Path path;
    private final boolean temporary;

    private DataDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * Makes it, or opens the one that is named.
     *
     * @param parent of a temporary one; null: where the JVM makes them
     */
    static DataDirectory open(@Nullable Path named, @Nullable Path parent) {
        try {
            if (named != null) {
                return new DataDirectory(Files.createDirectories(named).toAbsolutePath(), false);
            }
            return temporary(
                    parent == null
                            ? Files.createTempDirectory(PREFIX)
                            : Files.createTempDirectory(parent.toAbsolutePath(), PREFIX));
        } catch (IOException e) {
            throw new EmbeddedKafkaException("Could not create a directory for the embedded Kafka's data", e);
        }
    }

    static DataDirectory temporary(Path path) {
        return new DataDirectory(path, true);
    }

    Path path() {
        return path;
    }

    boolean isTemporary() {
        return temporary;
    }

    /** The cluster's id: new for new data, the old one for data that is opened again. */
    String clusterId() {
        var file = path.resolve("cluster.id");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, Uuid.randomUuid().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new EmbeddedKafkaException("Could not read or write " + file, e);
        }
    }

    /** Deletes a temporary directory with all that is in it. */
    void close() {
        if (temporary) {
            Deadline.in(DELETION).await(this::deleted, () -> "could not delete " + path);
        }
    }

    private boolean deleted() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException | UncheckedIOException e) {
            return !Files.exists(path);
        }
        return !Files.exists(path);
    }

    /** Confined to one walk. Files that vanish meanwhile are as good as deleted. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
