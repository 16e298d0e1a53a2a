package dev.tubepost.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A reading of this process's CPU time. <em>Immutable.</em>
 *
 * <p>The JDK's own meter ticks every 10 ms, a tenth of what a million messages may cost. Linux's scheduler counts nanoseconds for each
 * thread, but forgets threads that end; so the two check each other.
 *
 * @param schedulerNanos of all threads that live, from {@code /proc/self/task/<id>/schedstat}; 0 where there is no such thing
 * @param ticksNanos of the process, in ticks
 */
public record ProcessCpu(long schedulerNanos, long ticksNanos) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THREADS = Path.of("/proc/self/task");

    /** How far apart the two may be while both are right: a tick at each end, and what reading takes. */
    private static final long TOLERANCE_NANOS = 30_000_000;

    static ProcessCpu read() {
        return new ProcessCpu(schedulerTime(any -> true), SYSTEM.getProcessCpuTime());
    }

    /** CPU time of the JVM's compilers, in nanoseconds, by the names of their threads; 0 where there is no such thing. */
    static long ofCompilers() {
        return schedulerTime(ProcessCpu::isCompiler);
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    private static long schedulerTime(Predicate<Path> which) {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                nanos += which.test(thread) ? schedulerTime(thread) : 0;
            }
        } catch (IOException e) {
            return 0;
        }
        return nanos;
    }

    /** CPU time of a thread, by its directory there; 0 if it has just ended. */
    public static long schedulerTime(Path thread) {
        try {
            String fields = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(fields.substring(0, fields.indexOf(' ')));
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    /** The CPU time since an earlier reading, as exactly as is known. */
    long since(ProcessCpu earlier) {
        long scheduler = schedulerNanos - earlier.schedulerNanos;
        long ticks = ticksNanos - earlier.ticksNanos;
        return Math.abs(scheduler - ticks) <= TOLERANCE_NANOS ? scheduler : ticks;
    }
}
