package dev.tubepost.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hunt finds nothing where nothing is, and says what is wrong with a patch. */
final class HuntTest {

    private static final String HEADER = """
            Origin:  nobody's
            Does:    nothing
            Breaks:  nothing
            Shows:   in the log
            Seed:    3

            --- a/producer/src/main/java/dev/tubepost/internal/env/Backoff.java
            +++ b/producer/src/main/java/dev/tubepost/internal/env/Backoff.java
            @@ -1,1 +1,2 @@
             package dev.tubepost.internal.env;
            """;

    @TempDir
    Path directory;

    @Test
    void findsNothingInAProducerThatIsAsItWas() throws IOException {
        Hunt.Find find = new Hunt(Project.ROOT).search(bug("+// nothing is changed\n"), 20);
        assertThat(find.isFound()).isFalse();
        assertThat(find.runs()).isEqualTo(20);
        assertThat(find.problems()).isEmpty();
    }

    @Test
    void saysWhatDoesNotCompile() throws IOException {
        PlantedBug bug = bug("+this is not Java\n");
        assertThatThrownBy(() -> new Hunt(Project.ROOT).repeat(bug))
                .isInstanceOf(BadPatchException.class)
                .hasMessageContaining("a-bug does not compile");
    }

    private PlantedBug bug(String line) throws IOException {
        Path file = directory.resolve("a-bug.patch");
        Files.writeString(file, HEADER + line);
        return PlantedBug.read(file);
    }
}
