package dev.tubepost.testkit.embedded;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Immutable. Where a process finds Kafka and this module: where this JVM found them. */
final class ProcessClassPath {
    private ProcessClassPath() {}

    /**
     * @param given by the user, which wins
     * @param loader of this module; its jars are known if it is a {@link URLClassLoader}, otherwise it is taken for the JVM's own
     */
    static String of(@Nullable String given, @Nullable ClassLoader loader) {
        if (given != null) {
            return given;
        }
        if (loader instanceof URLClassLoader urls) {
            return Arrays.stream(urls.getURLs())
                    .map(ProcessClassPath::file)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path", "");
    }

    private static String file(URL url) {
        try {
            return Path.of(new URI(url.toString())).toString();
        } catch (URISyntaxException | RuntimeException e) { // not a URI, or not one of a file
            throw new EmbeddedKafkaException(
                    "A process cannot load classes from " + url + "; give it files with EmbeddedKafkaBuilder.classPath",
                    e);
        }
    }
}
