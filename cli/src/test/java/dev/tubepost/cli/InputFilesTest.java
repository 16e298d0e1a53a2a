package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

    @TempDir
    private Path directory;

    @Test
    void readsFilesOneAfterTheOther() throws IOException {
        assertThat(read(file("a", "1\n2\n"), file("b", "3\n"))).isEqualTo("1\n2\n3\n");
    }

    @Test
    void endsTheLastLineOfAFileBeforeTheNextOneBegins() throws IOException {
        assertThat(read(file("a", "1"), file("b", ""), file("c", "2"))).isEqualTo("1\n2");
    }

    @Test
    void readsStandardInputWhereItIsNamedAndWhereNothingIs() throws IOException {
        assertThat(read()).isEqualTo("standard input");
        assertThat(read(file("a", "1\n"), "-", file("b", "2\n"))).isEqualTo("1\nstandard input\n2\n");
    }

    @Test
    void refusesWhatIsNotThereBeforeAnythingIsRead() throws IOException {
        String there = file("a", "1");
        assertThatThrownBy(() -> read(there, directory.resolve("gone").toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("gone does not exist");
        assertThatThrownBy(() -> read(directory.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("is a directory");
    }

    @Test
    void whatIsReadIsNotWrittenByWhateverNameItGoes() throws IOException {
        Path input = Path.of(file("input", "1\n"));
        Path other = Path.of(file("other", "2\n"));
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic"), input);
        Path hard = Files.createLink(directory.resolve("hard"), input);
        Path detour = directory.resolve("..").resolve(directory.getFileName()).resolve("input");
        for (Path output : List.of(input, symbolic, hard, detour)) {
            assertThatThrownBy(() -> checkApart(output, other, input))
                    .as(output.toString())
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--rejects " + output + ": is also read, as " + input);
        }
        assertThatThrownBy(() -> checkApart(input, symbolic))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("as " + symbolic);
    }

    @Test
    void whatIsNotReadMayBeWrittenWhetherItIsThereOrNot() throws IOException {
        Path input = Path.of(file("input", "1\n"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("gone"));
        for (Path output : List.of(Path.of(file("same content", "1\n")), directory.resolve("new"), dangling)) {
            assertThatCode(() -> checkApart(output, input))
                    .as(output.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void saysWhichFileCouldNotBeReadAfterWhatWasBeforeIt() throws IOException {
        String gone = file("gone", "");
        String memory = "/proc/self/mem"; // which there is, and cannot be read at its beginning
        for (String broken : List.of(gone, memory)) {
            try (InputFiles files = InputFiles.of(List.of(file("a", "1"), broken, file("b", "2")), new BrokenInput())) {
                Files.deleteIfExists(Path.of(gone));
                assertThat(files.readNBytes(2)).asString().isEqualTo("1\n");
                assertThatThrownBy(files::read).isInstanceOf(IOException.class).hasMessageContaining(broken);
            }
        }
        try (InputFiles files = InputFiles.of(List.of(), new BrokenInput())) {
            assertThatThrownBy(files::read).isInstanceOf(IOException.class).hasMessage("standard input: disk");
        }
    }

    @Test
    void aFileThatIsGoneHasNoSize() {
        assertThat(InputFiles.totalBytes(List.of(directory.resolve("gone").toString())))
                .isEqualTo(-1);
    }

    @Test
    void knowsTheTotalSizeOfFilesAndNotOfStandardInput() throws IOException {
        assertThat(InputFiles.totalBytes(List.of(file("a", "12"), file("b", "345"))))
                .isEqualTo(5);
        assertThat(InputFiles.totalBytes(List.of(file("a", "12"), "-"))).isEqualTo(-1);
        assertThat(InputFiles.totalBytes(List.of())).isEqualTo(-1);
    }

    @Test
    void standardInputThatIsClosedIsRefusedWhereItIsRead() throws IOException {
        String there = file("a", "1");
        for (List<String> names : List.of(List.<String>of(), List.of("-"), List.of(there, "-"))) {
            assertThatThrownBy(() -> InputFiles.of(names, null))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("standard input is closed");
        }
        try (InputFiles files = InputFiles.of(List.of(there), null)) {
            assertThat(files.readAllBytes()).asString().isEqualTo("1");
        }
    }

    private static void checkApart(Path output, Path... inputs) {
        InputFiles.checkApart(Stream.of(inputs).map(Path::toString).toList(), "--rejects", output);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static String read(String... names) throws IOException {
        InputStream standardInput = new ByteArrayInputStream("standard input".getBytes(UTF_8));
        try (InputFiles files = InputFiles.of(List.of(names), standardInput)) {
            return new String(files.readAllBytes(), UTF_8);
        }
    }
}
