package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Who reads the clock, and when. */
final class CoarseClockTest {

    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private long now = 1_000;
    private int readings;
    private boolean isLaterBroken;
    private final CoarseClock clock = new CoarseClock(this::read, loop::add, this::runLater);

    private long read() {
        readings++;
        return now;
    }

    @Test
    void whoAsksSeldomGetsTheExactTimeAndNobodyTicks() {
        for (int i = 0; i < 10 * CoarseClock.MANY; i++) {
            now += i % 100 == 0 ? 1 : 0;
            assertThat(clock.millis()).isEqualTo(now);
        }
        assertThat(loop).isEmpty();
    }

    @Test
    void whileManyAskTheLoopReadsTheClockForAll() {
        askMany();
        runLoop();
        int before = readings;
        now += 5;
        for (int i = 0; i < 1_000; i++) {
            assertThat(clock.millis()).isEqualTo(1_000);
        }
        assertThat(readings).isEqualTo(before);
        tick();
        assertThat(clock.millis()).isEqualTo(1_005);
    }

    @Test
    void theLoopLooksAgainWhetherManyAsk() {
        askMany();
        runLoop();
        for (int i = 0; i < CoarseClock.TICKS; i++) {
            assertThat(later).hasSize(1);
            tick();
        }
        assertThat(later).isEmpty();
        now += 7;
        assertThat(clock.millis()).as("exact again").isEqualTo(now);
        askMany();
        assertThat(loop).as("and kept again").hasSize(1);
    }

    @Test
    void aTickThatCannotBeHadLeavesNoOldTime() {
        askMany();
        runLoop();
        isLaterBroken = true;
        assertThatThrownBy(this::tick).isInstanceOf(InternalError.class);
        now += 7;
        assertThat(clock.millis()).as("exact again").isEqualTo(now);
    }

    private void runLater(Runnable tick) {
        if (isLaterBroken) {
            throw new InternalError("as a test wants it");
        }
        later.add(tick);
    }

    @Test
    void twoThatAskForItAtOnceMakeItTickOnce() {
        askMany();
        loop.add(loop.peek());
        runLoop();
        assertThat(later).hasSize(1);
    }

    @Test
    void whatIsStoppedTellsTheExactTime() {
        askMany();
        runLoop();
        clock.stop();
        now += 3;
        assertThat(clock.millis()).isEqualTo(now);
    }

    private void askMany() {
        for (int i = 0; i <= CoarseClock.MANY; i++) {
            clock.millis();
        }
    }

    private void runLoop() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }

    private void tick() {
        later.remove().run();
    }
}
