package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemoryBoundTest {

    private final AtomicInteger freed = new AtomicInteger();
    private final MemoryBound bound = new MemoryBound(100, freed::incrementAndGet);

    @Test
    void chargesUpToTheBoundAndNoFurther() {
        assertThat(bound.tryCharge(60)).isTrue();
        assertThat(bound.tryCharge(41)).isFalse();
        assertThat(bound.tryCharge(40)).isTrue();
        assertThat(bound.usedBytes()).isEqualTo(100);
    }

    @Test
    void tellsWhenMemoryCameFree() {
        assertThat(bound.tryCharge(60)).isTrue();
        bound.release(60);
        assertThat(freed).hasValue(1);
        assertThat(bound.usedBytes()).isZero();
    }

    @Test
    void mayBeExceededByWhatWasAdmittedBefore() {
        assertThat(bound.tryCharge(100)).isTrue();
        bound.chargeAnyway(20);
        assertThat(bound.usedBytes()).isEqualTo(120);
        bound.release(20);
        assertThat(bound.tryCharge(1)).isFalse();
    }
}
