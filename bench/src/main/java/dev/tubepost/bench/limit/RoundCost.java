package dev.tubepost.bench.limit;

import com.sun.management.OperatingSystemMXBean;
import dev.tubepost.bench.load.ProcessCpu;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/**
 * What a round took. <em>Immutable.</em>
 *
 * @param wallNanos elapsed time
 * @param threadNanos CPU time of the one thread
 * @param processNanos CPU time of all threads, the JVM's own among them
 */
record RoundCost(long wallNanos, long threadNanos, long processNanos) {

    /** Something that takes time. */
    interface Round {
        void run() throws IOException;
    }

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    /**
     * Takes a round's time. The JDK's meter of the process ticks every 10 ms, a good part of what a round takes. Linux's scheduler counts
     * nanoseconds for each thread, but forgets threads that end, so the ticks tell whether one did. This thread is metered apart, or reading the
     * others' meters would count.
     */
    static RoundCost of(Round round) throws IOException {
        long ticks = SYSTEM.getProcessCpuTime();
        long others = othersNanos();
        long thread = THREAD.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        round.run();
        wall = System.nanoTime() - wall;
        thread = THREAD.getCurrentThreadCpuTime() - thread;
        others = othersNanos() - others;
        ticks = SYSTEM.getProcessCpuTime() - ticks;
        return new RoundCost(wall, thread, ProcessCpu.moreExact(thread + others, ticks));
    }

    /** CPU time of all other threads that live; 0 where that is not known. */
    private static long othersNanos() {
        try {
            Path own = THIS_THREAD.toRealPath().getFileName();
            return ProcessCpu.schedulerTime(thread -> !thread.getFileName().equals(own));
        } catch (IOException e) {
            return 0;
        }
    }
}
