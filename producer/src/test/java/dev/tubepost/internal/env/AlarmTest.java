package dev.tubepost.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AlarmTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualWorld world = new ManualWorld();
    private int runs;
    private final Alarm alarm = new Alarm(world, world, () -> runs++);

    @Test
    void runsOnceForEachTimeThatItIsSet() {
        alarm.set(2 * SECOND);
        world.pass(1);
        assertThat(runs).isZero();
        assertThat(alarm.isSet()).isTrue();
        assertThat(alarm.leftNanos()).isEqualTo(SECOND);
        world.pass(1);
        assertThat(runs).isEqualTo(1);
        assertThat(alarm.isSet()).isFalse();
        world.pass(100);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void forgetsTheTimeBeforeWhenItIsSetAnew() {
        alarm.set(SECOND);
        alarm.set(3 * SECOND);
        world.pass(2);
        assertThat(runs).isZero();
        world.pass(100);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void isNeverPutOffByALatest() {
        alarm.set(3 * SECOND);
        alarm.setNoLaterThan(5 * SECOND);
        assertThat(alarm.leftNanos()).isEqualTo(3 * SECOND);
        alarm.setNoLaterThan(SECOND);
        assertThat(alarm.leftNanos()).isEqualTo(SECOND);
    }

    @Test
    void doesNotRunOnceItIsCancelled() {
        alarm.set(SECOND);
        alarm.cancel();
        world.pass(100);
        assertThat(runs).isZero();
        assertThat(alarm.isSet()).isFalse();
    }

    @Test
    void takesATimeThatIsOverAndOneThatNeverComes() {
        alarm.setAt(world.nanos() - SECOND);
        world.pass(0);
        assertThat(runs).isEqualTo(1);
        alarm.set(Long.MAX_VALUE);
        assertThat(alarm.leftNanos()).isPositive();
        world.pass(100);
        assertThat(runs).isEqualTo(1);
    }
}
