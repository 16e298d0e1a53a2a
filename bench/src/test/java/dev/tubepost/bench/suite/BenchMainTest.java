package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is measured. */
final class BenchMainTest {

    private static final int USAGE = 2;

    @TempDir
    Path home;

    @Test
    void noPairsAtAllAreRefused() {
        assertThat(run("--rounds", "0")).isEqualTo(USAGE);
        assertThat(run("--rounds", "-1")).isEqualTo(USAGE);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aScenarioThatThereIsNotIsRefused() {
        assertThat(run("--scenario", "ack-1", "--smoke")).isEqualTo(USAGE);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(run("--smoke", "--json", file.resolve("bench.json").toString()))
                .isEqualTo(USAGE);
        assertThat(run("--smoke", "--json", home.toString())).isEqualTo(USAGE);
    }

    private int run(String... arguments) {
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            return BenchMain.run(List.of(arguments), home, nowhere, nowhere);
        }
    }
}
