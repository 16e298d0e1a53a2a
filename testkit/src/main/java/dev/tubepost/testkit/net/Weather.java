package dev.tubepost.testkit.net;

import java.util.SplittableRandom;

/**
 * How the network is in a run. <em>Immutable but for the chance it draws from, which is confined to the run's thread.</em>
 *
 * @param chance decides about all that follows
 * @param minDelayNanos the least time that bytes are on their way
 * @param maxDelayNanos the most
 * @param windowBytes how many bytes a stream takes before the writer has to wait
 * @param pieces how many pieces a write may arrive in
 */
public record Weather(SplittableRandom chance, long minDelayNanos, long maxDelayNanos, int windowBytes, int pieces) {

    /**
     * A kind of network that the seed chooses: near or far, wide or narrow.
     *
     * @param largest the size of the largest message, in bytes: several fit the window, or what is produced in calm could not be delivered in time
     */
    public static Weather random(SplittableRandom chance, int largest) {
        long min = chance.nextBoolean() ? 20_000 : 2_000_000;
        return new Weather(
                chance.split(),
                min,
                min * (1 + chance.nextInt(10)) + 1,
                chance.nextBoolean() ? 1 << 20 : Math.max(256 << chance.nextInt(6), 4 * largest),
                1 + chance.nextInt(5));
    }

    long delay() {
        return chance.nextLong(minDelayNanos, maxDelayNanos);
    }
}
