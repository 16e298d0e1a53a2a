package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerLoaderTest {

    @TempDir
    private Path directory;

    @Test
    void withoutADirectoryOfJarsItIsWrongUsage() {
        assertThatThrownBy(() -> EmbeddedBrokerLoader.start(null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("./tubepost");
        assertThatThrownBy(() ->
                        EmbeddedBrokerLoader.start(directory.resolve("gone").toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void aDirectoryThatLacksAJarIsToldWithTheClassThatIsMissing() {
        assertThatThrownBy(() -> EmbeddedBrokerLoader.start(directory.toString()))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("the embedded Kafka did not start")
                .hasMessageContaining("EmbeddedKafka");
    }
}
