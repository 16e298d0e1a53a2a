package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetsTest {

    @TempDir
    Path memory;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void theLogIsInMemory() throws Exception {
        assertThat(directory(memory)).isDirectory().hasParent(memory);
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aLogThatIsOnADiskIsToldOf() throws Exception {
        Path directory = directory(memory.resolve("none"));
        try {
            assertThat(directory).isDirectory();
            assertThat(messages.toString(StandardCharsets.UTF_8))
                    .contains("there is no " + memory.resolve("none"), directory.toString());
        } finally {
            Files.delete(directory);
        }
    }

    private Path directory(Path inMemory) throws Exception {
        try (var to = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            return Targets.directory(inMemory, to);
        }
    }
}
