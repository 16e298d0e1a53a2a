package dev.tubepost.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much the current thread allocates. <em>Confined to one thread.</em> */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What classes that are loaded, and the fuzzer's own counters, may take. */
    private static final long ANYHOW = 2 << 20;

    private final long before = THREADS.getCurrentThreadAllocatedBytes();

    /** Fails if more was allocated than the input justifies. */
    public void check(int inputBytes, int mostTimes) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > ANYHOW + (long) mostTimes * inputBytes) {
            throw new IllegalStateException(inputBytes + " bytes made us allocate " + allocated);
        }
    }
}
