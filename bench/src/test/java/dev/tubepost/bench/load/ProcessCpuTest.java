package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcessCpuTest {

    @Test
    void whatTheProcessHasHadSinceItsStartGrows() {
        long before = ProcessCpu.sinceStart();
        ProcessCpu reading = ProcessCpu.read();
        long spun = 0;
        while (ProcessCpu.read().since(reading) < 50_000_000) { // more than a tick
            spun++;
        }
        assertThat(spun).isPositive();
        assertThat(before).isPositive().isLessThan(ProcessCpu.sinceStart());
    }

    @Test
    void theTicksCountWhereTheSchedulerHasForgottenAThread() {
        assertThat(ProcessCpu.moreExact(100_000_001, 110_000_000)).isEqualTo(100_000_001);
        assertThat(ProcessCpu.moreExact(100_000_001, 200_000_000)).isEqualTo(200_000_000);
    }
}
