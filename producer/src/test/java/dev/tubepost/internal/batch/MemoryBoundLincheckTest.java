package dev.tubepost.internal.batch;

import dev.tubepost.interleaving.Interleavings;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bound of a session's memory is exact: charges and releases happen one after the other, in whatever order threads make them. */
@Param(name = "bytes", gen = IntGen.class, conf = "1:3")
@Param(name = "thread", gen = ThreadIdGen.class)
@Tag("interleavings")
public final class MemoryBoundLincheckTest {

    private final MemoryBound memory = new MemoryBound(4, () -> {});
    /** What each thread has charged. */
    private final int[] held = new int[8];

    @Operation
    public boolean charge(@Param(name = "bytes") int bytes, @Param(name = "thread") int thread) {
        boolean charged = memory.tryCharge(bytes);
        if (charged) {
            held[thread] += bytes;
        }
        return charged;
    }

    @Operation
    public void release(@Param(name = "thread") int thread) {
        memory.release(held[thread]);
        held[thread] = 0;
    }

    @Operation
    public long used() {
        return memory.usedBytes();
    }

    @Test
    void isLinearizableInEveryOrder() {
        Interleavings.modelCheck(MemoryBoundLincheckTest.class);
    }
}
