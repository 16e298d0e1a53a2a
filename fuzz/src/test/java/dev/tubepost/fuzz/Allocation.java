package dev.tubepost.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much the current thread allocates. <em>Static, without state.</em> */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What anything may take, as an exception does. */
    private static final long ANYHOW = 128 << 10;

    private Allocation() {}

    /** Does it, and fails if it allocates more than the input justifies. What only happens the first time, as classes that are loaded, does not count. */
    public static void check(int inputBytes, int mostTimes, Runnable work) {
        long most = ANYHOW + (long) mostTimes * inputBytes;
        if (allocated(work) > most) {
            long again = allocated(work);
            if (again > most) {
                throw new IllegalStateException(inputBytes + " bytes made us allocate " + again);
            }
        }
    }

    private static long allocated(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
