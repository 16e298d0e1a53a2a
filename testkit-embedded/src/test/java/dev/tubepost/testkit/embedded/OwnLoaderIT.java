package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program may keep Kafka and its many jars off its own class path and load them when they are needed. */
final class OwnLoaderIT {
    @Test
    void worksInAClassLoaderThatTheCallerDoesNotSee() throws Exception {
        try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            var type = loader.loadClass(EmbeddedKafka.class.getName());
            try (var kafka = (AutoCloseable) type.getMethod("start", int.class).invoke(null, 1)) {
                type.getMethod("createTopic", String.class, int.class).invoke(kafka, "t", 1);

                assertThat(kafka).isNotInstanceOf(EmbeddedKafka.class);
                assertThat((List<?>) type.getMethod("readAll", String.class).invoke(kafka, "t"))
                        .isEmpty();
            }
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }
}
