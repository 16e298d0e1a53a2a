package dev.tubepost.bench.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What something cost: a reading of the process's meters, or the difference of two. <em>Immutable.</em>
 *
 * @param wallNanos elapsed time
 * @param processCpuNanos CPU time of all threads of the process, the JVM's own among them
 * @param callerCpuNanos CPU time of the callers alone
 * @param callerBytes what the callers allocated
 * @param allBytes what all threads allocated
 * @param collections garbage collections
 * @param collectionMillis and the time that they took
 */
record Cost(
        long wallNanos,
        long processCpuNanos,
        long callerCpuNanos,
        long callerBytes,
        long allBytes,
        long collections,
        long collectionMillis) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The process's meters now, but for {@link ProcessCpu}; those of the callers are 0. */
    static Cost ofProcess() {
        long collections = 0;
        long collectionMillis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            collectionMillis += collector.getCollectionTime();
        }
        long allBytes = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return new Cost(System.nanoTime(), 0, 0, 0, allBytes, collections, collectionMillis);
    }

    /** The calling thread's meters now; those of the process are 0. */
    static Cost ofThisThread() {
        long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        return new Cost(0, 0, THREADS.getCurrentThreadCpuTime(), bytes, 0, 0, 0);
    }

    /** A reading of CPU time alone. */
    static Cost ofCpu(long processCpuNanos) {
        return new Cost(0, processCpuNanos, 0, 0, 0, 0, 0);
    }

    Cost plus(Cost other) {
        return new Cost(
                wallNanos + other.wallNanos,
                processCpuNanos + other.processCpuNanos,
                callerCpuNanos + other.callerCpuNanos,
                callerBytes + other.callerBytes,
                allBytes + other.allBytes,
                collections + other.collections,
                collectionMillis + other.collectionMillis);
    }

    Cost minus(Cost earlier) {
        return new Cost(
                wallNanos - earlier.wallNanos,
                processCpuNanos - earlier.processCpuNanos,
                callerCpuNanos - earlier.callerCpuNanos,
                callerBytes - earlier.callerBytes,
                allBytes - earlier.allBytes,
                collections - earlier.collections,
                collectionMillis - earlier.collectionMillis);
    }
}
