package dev.tubepost.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkTest {

    private final List<Integer> many = IntStream.range(0, 500).boxed().toList();

    @Test
    void findsTheFewThatItTakes() {
        List<Integer> needed = List.of(3, 77, 78, 499);
        assertThat(Shrink.shrink(many, part -> part.containsAll(needed), 10_000))
                .isEqualTo(needed);
    }

    @Test
    void leavesNothingOfWhatFailsAnyway() {
        assertThat(Shrink.shrink(many, part -> true, 10_000)).isEmpty();
    }

    @Test
    void givesUpAfterSoManyTries() {
        List<Integer> needed = List.of(3, 77, 78, 499);
        assertThat(Shrink.shrink(many, part -> part.containsAll(needed), 10)).containsAll(needed);
    }
}
