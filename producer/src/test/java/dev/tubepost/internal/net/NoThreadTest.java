package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.report.Reporter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A thread that cannot be had is asked for again by whoever has more to do, though he does not tell of each (F76). */
final class NoThreadTest {

    private final AtomicBoolean refuses = new AtomicBoolean(true);

    private Thread make(Runnable task) {
        if (refuses.getAndSet(false)) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(task);
    }

    @Test
    void reportsAreMadeThoughTheirThreadCouldNotBeHadAtFirst() throws Exception {
        var loops = new EventLoops(new EventLoops.Settings(1, this::make, 0, 0, (where, thrown) -> {}));
        try {
            var reporter = new Reporter(loops.reports("session"), null, null);
            var ran = new CountDownLatch(2);
            reporter.run(ran::countDown);
            reporter.run(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(loops.faults()).isEqualTo(1);
        } finally {
            loops.close();
        }
    }
}
