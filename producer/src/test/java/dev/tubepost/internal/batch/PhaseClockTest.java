package dev.tubepost.internal.batch;

import static dev.tubepost.TimeSpent.Phase.BACKOFF;
import static dev.tubepost.TimeSpent.Phase.CONNECTION;
import static dev.tubepost.TimeSpent.Phase.IN_FLIGHT;
import static dev.tubepost.TimeSpent.Phase.MEMORY;
import static dev.tubepost.TimeSpent.Phase.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.TimeSpent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PhaseClockTest {

    private final PhaseClock clock = new PhaseClock(QUEUE, 1_000);

    @Test
    void thePhasesAddUpToTheAge() {
        clock.enter(IN_FLIGHT, 1_300);
        clock.enter(BACKOFF, 1_350);
        clock.enter(QUEUE, 1_360);
        TimeSpent spent = clock.read(1_400);
        assertThat(spent.queue()).isEqualTo(Duration.ofNanos(340));
        assertThat(spent.inFlight()).isEqualTo(Duration.ofNanos(50));
        assertThat(spent.backoff()).isEqualTo(Duration.ofNanos(10));
        assertThat(spent.largest()).isEqualTo(QUEUE);
    }

    @Test
    void entersTheSamePhaseTwiceWithoutHarm() {
        clock.enter(QUEUE, 1_200);
        assertThat(clock.read(1_400).queue()).isEqualTo(Duration.ofNanos(400));
    }

    @Test
    void movesAtMostWhatThereIs() {
        clock.move(QUEUE, CONNECTION, 1_000_000, 1_500);
        TimeSpent spent = clock.read(1_600);
        assertThat(spent.connection()).isEqualTo(Duration.ofNanos(500));
        assertThat(spent.queue()).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void takesWhatWasSpentBeforeItBegan() {
        clock.add(MEMORY, 10_000);
        assertThat(clock.read(1_000).largest()).isEqualTo(MEMORY);
    }

    @Test
    void survivesTheOverflowOfTheMonotoneClock() {
        var late = new PhaseClock(QUEUE, Long.MAX_VALUE - 10);
        assertThat(late.read(Long.MIN_VALUE + 9).queue()).isEqualTo(Duration.ofNanos(20));
    }
}
