package dev.tubepost.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every build plays the seeds again, what fuzzing has found, and some mutations of both, without a fuzzer. */
final class CorpusTest {

    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final int MUTATIONS = 20;

    static final List<Target> TARGETS = Target.ALL;

    @ParameterizedTest
    @FieldSource("TARGETS")
    void nothingThatWasFoundIsFoundAgain(Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds().get());
        inputs.add(new byte[0]);
        inputs.addAll(found(target));
        assertThat(inputs).hasSizeGreaterThan(10);
        var random = new SplittableRandom(1);
        for (byte[] input : inputs) {
            assertThatCode(() -> target.input().accept(input)).as("%s", target).doesNotThrowAnyException();
            for (int i = 0; i < MUTATIONS && input.length > 0; i++) {
                byte[] mutated = input.clone();
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                assertThatCode(() -> target.input().accept(mutated)).doesNotThrowAnyException();
            }
        }
    }

    private static List<byte[]> found(Target target) throws IOException {
        Path directory = CORPUS.resolve(target.name());
        List<byte[]> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    found.add(Files.readAllBytes(file));
                }
            }
        }
        return found;
    }
}
