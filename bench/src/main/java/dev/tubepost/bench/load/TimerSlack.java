package dev.tubepost.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much later than asked for the kernel may wake a thread that sleeps: 50 microseconds on Linux, so that it can wake several at once. A
 * generator of load that is to be in time asks for none of that; it would be counted as the client's.
 */
final class TimerSlack {

    private TimerSlack() {}

    /** No slack for the calling thread, where that can be had. */
    static void none() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")); // 12/task/34
            Files.writeString(Path.of("/proc", thread.getFileName().toString(), "timerslack_ns"), "1");
        } catch (IOException | UnsupportedOperationException e) {
            // Another system. How late the generator is stands beside what was measured.
        }
    }
}
