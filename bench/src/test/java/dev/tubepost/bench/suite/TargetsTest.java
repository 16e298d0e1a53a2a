package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetsTest {

    private static final Path ON_DISK = Path.of(System.getProperty("java.io.tmpdir"));

    @TempDir
    Path memory;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void theLogIsInMemory() throws Exception {
        assertThat(place(memory, 1)).isEqualTo(memory);
        assertThat(told()).isEmpty();
    }

    @Test
    void aLogThatIsOnADiskIsToldOf() throws Exception {
        assertThat(place(memory.resolve("none"), 0)).isEqualTo(ON_DISK);
        assertThat(told()).contains("there is no " + memory.resolve("none"), ON_DISK.toString());
    }

    @Test
    void memoryThatIsTooSmallIsNotUsed() throws Exception {
        assertThat(place(memory, Long.MAX_VALUE)).isEqualTo(ON_DISK);
        assertThat(told()).startsWith(memory + " has only ").contains(" MB free", ON_DISK.toString());
    }

    private Path place(Path inMemory, long leastBytes) throws Exception {
        try (var to = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            return Targets.place(inMemory, leastBytes, to);
        }
    }

    private String told() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
