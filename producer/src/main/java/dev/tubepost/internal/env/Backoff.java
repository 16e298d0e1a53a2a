package dev.tubepost.internal.env;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential from a first step to a cap, with 20 % of jitter either way so that clients that failed
 * together do not come back together (KIP-144, KIP-580). <em>Confined to its owner.</em>
 *
 * <p>For connections, {@link #reset} belongs into {@code Connection.Owner.onReady} and nowhere else: a port that accepts and hangs up would
 * otherwise be dialled without pause (F15).
 */
public final class Backoff {

    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private final long firstNanos;
    private final long maxNanos;
    private int failures;

    /**
     * @param firstNanos the wait after the first failure
     * @param maxNanos the cap, before jitter
     */
    public Backoff(RandomGenerator random, long firstNanos, long maxNanos) {
        if (firstNanos < 0 || maxNanos < 0) {
            throw new IllegalArgumentException("negative wait: " + firstNanos + ", " + maxNanos);
        }
        this.random = random;
        this.firstNanos = firstNanos;
        this.maxNanos = maxNanos;
    }

    /**
     * For who is refused and tries again with the same password: ten times as long, so that no account is locked for the number of its failures (F97).
     *
     * @param firstNanos the usual wait after the first failure
     * @param maxNanos the usual cap
     */
    public static Backoff afterRefusals(RandomGenerator random, long firstNanos, long maxNanos) {
        return new Backoff(random, tenfold(firstNanos), tenfold(maxNanos));
    }

    private static long tenfold(long nanos) {
        return nanos > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : 10 * nanos;
    }

    /** Counts one more failure and gives the time to wait before the next attempt. */
    public long nextNanos() {
        long wait = delayNanos(random, firstNanos, maxNanos, failures);
        failures = failures == Integer.MAX_VALUE ? failures : failures + 1;
        return wait;
    }

    /** How many failures there were since the last success. */
    public int failures() {
        return failures;
    }

    /** After a success: the next failure waits for the first step again. */
    public void reset() {
        failures = 0;
    }

    /** The wait after the given number of earlier failures: {@code min(first * 2^failures, max)}, times 0.8 to 1.2. */
    public static long delayNanos(RandomGenerator random, long firstNanos, long maxNanos, int failures) {
        double exact = Math.min((double) firstNanos * Math.pow(2, Math.min(failures, 62)), (double) maxNanos);
        return (long) (exact * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
