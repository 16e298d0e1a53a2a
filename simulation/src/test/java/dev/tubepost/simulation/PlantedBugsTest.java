package dev.tubepost.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each planted bug is found, by its recorded seed, or with {@code -Pplanted-bugs} in a search from seed 0 on. */
final class PlantedBugsTest {

    private static final int SEEDS = Integer.getInteger("bugs.seeds", 0);
    private static final boolean RECORD = Boolean.getBoolean("bugs.record");
    private static final String ONLY = System.getProperty("bugs.only", "*");

    private static Hunt hunt;

    @BeforeAll
    static void compileNothingTwice() throws IOException {
        hunt = new Hunt(Project.ROOT);
    }

    static List<PlantedBug> bugs() throws IOException {
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + ONLY);
        return PlantedBug.all(Project.BUGS).stream()
                .filter(bug -> wanted.matches(Path.of(bug.name())))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(PlantedBug bug) throws IOException {
        long begin = System.nanoTime();
        Hunt.Find find = SEEDS > 0 ? hunt.search(bug, SEEDS) : hunt.repeat(bug);
        assertThat(find.isFound())
                .as(
                        "%s is not found with %d seeds; it is to show \"%s\"; what was said otherwise: %s",
                        bug,
                        find.runs(),
                        bug.shows(),
                        find.problems().stream().limit(5).toList())
                .isTrue();
        System.out.printf(
                "%-40s seed %5d, %5d runs, %5d ms: %s%n",
                bug,
                find.seed(),
                find.runs(),
                (System.nanoTime() - begin) / 1_000_000,
                find.problems().stream()
                        .filter(problem -> problem.contains(bug.shows()))
                        .findFirst()
                        .orElseThrow());
        if (RECORD && find.seed() != bug.seed()) {
            bug.record(find.seed());
        }
    }
}
