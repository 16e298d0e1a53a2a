package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProcessClassPathTest {
    private static final ClassLoader OWN = ProcessClassPathTest.class.getClassLoader();

    @Test
    void isWhatTheUserGives() {
        assertThat(ProcessClassPath.of("a.jar", OWN)).isEqualTo("a.jar");
    }

    @Test
    void isTheOneOfThisJvmUnlessTheLoaderKnowsBetter() {
        assertThat(ProcessClassPath.of(null, OWN)).isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void isMadeOfTheFilesOfAClassLoaderOfItsOwn() throws Exception {
        var one = Path.of("with blank", "one.jar").toAbsolutePath();
        var two = Path.of("two.jar").toAbsolutePath();
        try (var loader =
                new URLClassLoader(new URL[] {one.toUri().toURL(), two.toUri().toURL()}, null)) {
            assertThat(ProcessClassPath.of(null, loader)).isEqualTo(one + File.pathSeparator + two);
        }
    }

    @Test
    void saysWhatToDoAboutClassesThatAreInNoFile() throws Exception {
        try (var loader = new URLClassLoader(new URL[] {new URI("jar:file:/a.jar!/b.jar!/").toURL()}, null)) {
            assertThatThrownBy(() -> ProcessClassPath.of(null, loader))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("a.jar")
                    .hasMessageContaining("EmbeddedKafkaBuilder.classPath");
        }
    }
}
