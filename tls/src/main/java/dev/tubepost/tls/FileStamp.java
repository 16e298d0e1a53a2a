package dev.tubepost.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what a file that was exchanged is told from the one before. <em>Immutable.</em> Links are followed: mounted secrets are exchanged by turning one.
 *
 * @param key tells files of one name apart; null where the system has none, or there is no file
 */
record FileStamp(FileTime modified, long size, @Nullable Object key) {

    private static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), -1, null);

    static FileStamp of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) { // reading it will say why
            return NONE;
        }
    }
}
