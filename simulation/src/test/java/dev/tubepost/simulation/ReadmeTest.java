package dev.tubepost.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of bugs in the README is that of the patches; {@code -Dbugs.record=true} writes it. */
final class ReadmeTest {

    private static final Path README = Project.MODULE.resolve("README.md");
    private static final String HEAD = "| bug | origin | what it does | breaks |\n|---|---|---|---|\n";

    @Test
    void tellsOfEachBug() throws IOException {
        List<PlantedBug> bugs = PlantedBug.all(Project.BUGS);
        String text = Files.readString(README);
        int from = text.indexOf(HEAD);
        assertThat(from).as("the table's head").isPositive();
        int end = text.indexOf("\n\n", from);
        String wanted = text.substring(0, from)
                + HEAD
                + bugs.stream().map(ReadmeTest::row).collect(Collectors.joining("\n"))
                + (end < 0 ? "\n" : text.substring(end));
        if (Boolean.getBoolean("bugs.record")) {
            Files.writeString(README, wanted);
        }
        assertThat(Files.readString(README)).isEqualTo(wanted);
    }

    private static String row(PlantedBug bug) {
        return "| `" + bug.name() + "` | " + bug.origin() + " | " + bug.does() + " | " + bug.breaks() + " |";
    }
}
