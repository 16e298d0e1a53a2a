package dev.tubepost.bench.load;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds. <em>Immutable.</em>
 *
 * @param directBytes the capacity of all direct buffers, now
 * @param peakBytes the most that the process ever had in memory, heap, code and all; 0 where the system does not tell
 */
record Memory(long directBytes, long peakBytes) {

    static final double MIB = 1 << 20;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    static Memory read() {
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Memory(direct, peak());
    }

    private static long peak() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(PEAK)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return 0;
    }
}
