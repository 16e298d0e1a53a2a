package dev.tubepost.testkit.proxy;

import java.time.Duration;

/**
 * What each connection is like. <em>Immutable.</em>
 *
 * @param latency how long each frame is on its way, in each direction; frames do not wait for each other
 * @param bytesPerSecond how much passes in a second, in each direction; 0 for no bound
 */
public record Line(Duration latency, long bytesPerSecond) {

    /** As good as the machine's own. */
    public static final Line GOOD = new Line(Duration.ZERO, 0);

    public Line {
        if (latency.isNegative() || bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "latency and bytesPerSecond are not negative: " + latency + ", " + bytesPerSecond);
        }
    }
}
