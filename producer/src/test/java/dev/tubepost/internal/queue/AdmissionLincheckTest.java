package dev.tubepost.internal.queue;

import dev.tubepost.interleaving.Interleavings;
import dev.tubepost.internal.batch.MemoryBound;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credits are exact: nobody is refused while one is free, and never is there one more than allowed. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Tag("interleavings")
public final class AdmissionLincheckTest {

    private final Admission admission =
            new Admission(3, Integer.MAX_VALUE, new MemoryBound(100, () -> {}), 100, from -> {});
    /** How many credits each thread holds. */
    private final int[] held = new int[8];

    @Operation
    public int admit(@Param(name = "thread") int thread) {
        int credits = admission.tryAdmit();
        held[thread] += credits;
        return credits;
    }

    @Operation
    public boolean admitOne(@Param(name = "thread") int thread) {
        boolean admitted = admission.tryAdmitOne(0);
        held[thread] += admitted ? 1 : 0;
        return admitted;
    }

    @Operation
    public void giveBack(@Param(name = "thread") int thread) {
        admission.returnCredits(held[thread]);
        held[thread] = 0;
    }

    @Operation
    public long granted() {
        return admission.grantedMessages();
    }

    @Test
    void isLinearizableInEveryOrder() {
        Interleavings.modelCheck(AdmissionLincheckTest.class);
    }

    @Test
    @Tag("real-threads")
    void isLinearizableOnRealThreads() {
        Interleavings.stress(AdmissionLincheckTest.class);
    }
}
