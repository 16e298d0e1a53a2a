package dev.tubepost.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcePatchTest {

    private static final String SOURCE = "producer/src/main/java/Post.java";
    private static final String HEADER = """
            Origin:  nobody's
            Does:    takes one for
                     another
            Breaks:  I2
            Shows:   not in the log
            Seed:    17

            """;
    private static final String DIFF = """
            --- a/producer/src/main/java/Post.java
            +++ b/producer/src/main/java/Post.java
            @@ -2,3 +2,3 @@
                 int send() {
            -        return 1;
            +        return 2;
                 }
            """;

    @TempDir
    Path root;

    @BeforeEach
    void writeTheSource() throws IOException {
        Files.createDirectories(root.resolve(SOURCE).getParent());
        source("class Post {\n    int send() {\n        return 1;\n    }\n}\n");
    }

    @Test
    void changesWhatThePatchSays() throws IOException {
        assertThat(apply(DIFF)).isEqualTo("class Post {\n    int send() {\n        return 2;\n    }\n}\n");
    }

    @Test
    void findsAPlaceThatHasMoved() throws IOException {
        source("// one\n// two\nclass Post {\n    int send() {\n        return 1;\n    }\n}\n");
        assertThat(apply(DIFF)).contains("return 2;").startsWith("// one\n// two\nclass");
    }

    @Test
    void refusesContextThatHasChangedAndNamesPatchAndHunk() throws IOException {
        source("class Post {\n    int send(int x) {\n        return 1;\n    }\n}\n");
        assertThatThrownBy(() -> apply(DIFF))
                .isInstanceOf(BadPatchException.class)
                .hasMessageContaining("hunk 1 of a-bug.patch fits nowhere in " + SOURCE);
    }

    @Test
    void refusesAPlaceThatIsNotTheOnlyOne() throws IOException {
        source(
                "\nclass Post {\n    int send() {\n        return 1;\n    }\n    int send() {\n        return 1;\n    }\n}\n");
        assertThatThrownBy(() -> apply(DIFF))
                .isInstanceOf(BadPatchException.class)
                .hasMessageContaining("fits in 2 places");
    }

    @Test
    void refusesAFileThatIsNotThere() throws IOException {
        Files.delete(root.resolve(SOURCE));
        assertThatThrownBy(() -> apply(DIFF))
                .isInstanceOf(BadPatchException.class)
                .hasMessageContaining("which is not there");
    }

    @Test
    void readsTheHeader() throws IOException {
        PlantedBug bug = bug(HEADER + DIFF);
        assertThat(bug.name()).isEqualTo("a-bug");
        assertThat(bug.origin()).isEqualTo("nobody's");
        assertThat(bug.does()).isEqualTo("takes one for another");
        assertThat(bug.breaks()).isEqualTo("I2");
        assertThat(bug.shows()).isEqualTo("not in the log");
        assertThat(bug.seed()).isEqualTo(17);
    }

    @Test
    void writesAnotherSeedDownAndNothingElse() throws IOException {
        PlantedBug bug = bug(HEADER + DIFF);
        bug.record(4711);
        assertThat(bug.file()).content().isEqualTo((HEADER + DIFF).replace("17", "4711"));
    }

    @Test
    void refusesAHeaderThatLacksSomething() {
        assertThatThrownBy(() -> bug(HEADER.replace("Breaks:  I2\n", "") + DIFF))
                .isInstanceOf(BadPatchException.class)
                .hasMessageContaining("a-bug.patch needs a header");
    }

    private String apply(String diff) throws IOException {
        return bug(HEADER + diff).patches().get(0).apply(root);
    }

    private PlantedBug bug(String text) throws IOException {
        Path file = root.resolve("a-bug.patch");
        Files.writeString(file, text);
        return PlantedBug.read(file);
    }

    private void source(String text) throws IOException {
        Files.writeString(root.resolve(SOURCE), text);
    }
}
