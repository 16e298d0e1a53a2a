package dev.tubepost.bench.limit;

import com.sun.management.OperatingSystemMXBean;
import dev.tubepost.bench.load.ProcessCpu;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    /** How far apart the two meters of the process may be while both are right: a tick at each end, and what reading takes. */
    private static final long TOLERANCE_NANOS = 30_000_000;

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
        boolean agree = Math.abs(thread + others - ticks) <= TOLERANCE_NANOS;
        return new RoundCost(wall, thread, agree ? thread + others : ticks);
    }

    /** CPU time of all other threads that live, from {@code /proc/self/task/<id>/schedstat}; 0 where there is no such thing. */
    private static long othersNanos() {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            Path own = THIS_THREAD.toRealPath().getFileName();
            for (Path thread : threads) {
                nanos += thread.getFileName().equals(own) ? 0 : ProcessCpu.schedulerTime(thread);
            }
        } catch (IOException e) {
            return 0;
        }
        return nanos;
    }
}
