package dev.tubepost.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    /** Made when it is first asked: loading it costs more than a short process may notice. */
    private static final class Meter {
        static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static final Path THREADS = Path.of("/proc/self/task");

    /** How far apart the two may be while both are right: a tick at each end, and what reading takes. */
    private static final long TOLERANCE_NANOS = 30_000_000;

    static ProcessCpu read() {
        return new ProcessCpu(schedulerTime(any -> true), Meter.SYSTEM.getProcessCpuTime());
    }

    /** The CPU time since the process was started. */
    static long sinceStart() {
        long scheduler = schedulerTime(any -> true);
        long ticks = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(scheduler);
        return moreExact(scheduler, ticks);
    }

    /** CPU time of each of the JVM's compiler threads that live, in nanoseconds; empty where that is not known. */
    static Map<Path, Long> ofCompilers() {
        return ofThreads(ProcessCpu::isCompiler);
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    /**
     * CPU time of the threads that live, in nanoseconds, together; 0 where that is not known.
     *
     * @param which of them, by the directory in {@code /proc/self/task}
     */
    public static long schedulerTime(Predicate<Path> which) {
        return ofThreads(which).values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Path, Long> ofThreads(Predicate<Path> which) {
        Map<Path, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (which.test(thread)) {
                    nanos.put(thread, schedulerTime(thread));
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return nanos;
    }

    private static long schedulerTime(Path thread) {
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
        return moreExact(scheduler, ticks);
    }

    /** What the scheduler says, in nanoseconds, unless the ticks say that a thread ended. */
    public static long moreExact(long scheduler, long ticks) {
        return Math.abs(scheduler - ticks) <= TOLERANCE_NANOS ? scheduler : ticks;
    }
}
