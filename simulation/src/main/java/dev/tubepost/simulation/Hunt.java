package dev.tubepost.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Looks for the seeds with which the simulation finds a planted bug. <em>Thread-safe.</em>
 *
 * <p>A seed finds a bug if the run says what the bug is to show, and if the same run with the producer as it is has nothing to say.
 */
public final class Hunt {

    /** A recorded seed fits the state of the code in which it was recorded; when it has gone stale, so many others are tried, from 0 on. */
    static final int SEEDS_WHEN_STALE = 1_000;

    private final Path root;
    private final ProjectClasses classes;
    private final SimulatedWorld sound;
    private final PatchedClasses compiler = new PatchedClasses();

    /** @param root the project's directory, with the sources */
    public Hunt(Path root) throws IOException {
        this.root = root;
        classes = ProjectClasses.load();
        sound = new SimulatedWorld(classes, Map.of());
    }

    /**
     * What came of a search.
     *
     * @param seed the first seed that found the bug, or -1
     * @param problems what the simulation said then; without a seed, what it said otherwise
     * @param runs how many seeds were run
     */
    public record Find(long seed, List<String> problems, int runs) {
        /** Whether it was found. */
        public boolean isFound() {
            return seed >= 0;
        }
    }

    /** Tries the recorded seed alone, and if that has gone stale, a few others. */
    public Find repeat(PlantedBug bug) throws IOException {
        LongStream seeds = LongStream.concat(LongStream.of(bug.seed()), LongStream.range(0, SEEDS_WHEN_STALE));
        return search(bug, seeds);
    }

    /** Tries all seeds from 0 on. */
    public Find search(PlantedBug bug, int seeds) throws IOException {
        return search(bug, LongStream.range(0, seeds));
    }

    private Find search(PlantedBug bug, LongStream seeds) throws IOException {
        var planted = new SimulatedWorld(classes, compiler.compile(bug, root));
        List<String> other = List.of();
        int runs = 0;
        for (long seed : seeds.toArray()) {
            List<String> problems = planted.problemsOf(seed);
            runs++;
            if (!problems.isEmpty() && sound.problemsOf(seed).isEmpty()) {
                if (problems.stream().anyMatch(problem -> problem.contains(bug.shows()))) {
                    return new Find(seed, problems, runs);
                }
                other = other.isEmpty() ? problems : other;
            }
        }
        return new Find(-1, other, runs);
    }
}
