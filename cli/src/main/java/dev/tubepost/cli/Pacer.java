package dev.tubepost.cli;

import java.util.function.LongSupplier;

/**
 * Spreads messages evenly over time. <em>Confined to the input thread.</em>
 *
 * <p>Message number n is due n/rate seconds after the first. One that is late is not waited for, and a pause does not earn a burst
 * longer than a second's worth: the schedule then starts anew.
 */
final class Pacer {

    /** Waits; ends early if the thread is interrupted. */
    @FunctionalInterface
    interface Wait {
        void nanos(long nanos);
    }

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final double messagesPerSecond;
    private final LongSupplier nanoClock;
    private final Wait wait;

    private long startNanos;
    private long sent;

    /** A pacer; a rate of 0 means that it never waits. */
    Pacer(double messagesPerSecond, LongSupplier nanoClock, Wait wait) {
        this.messagesPerSecond = messagesPerSecond;
        this.nanoClock = nanoClock;
        this.wait = wait;
    }

    /** Waits until the next message is due. */
    void awaitTurn() {
        if (messagesPerSecond <= 0) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (sent == 0) {
            startNanos = now;
        }
        long dueNanos = startNanos + (long) (sent / messagesPerSecond * SECOND_NANOS);
        long early = dueNanos - now;
        if (early > 0) {
            wait.nanos(early);
        } else if (-early > SECOND_NANOS) {
            startNanos = now;
            sent = 0;
        }
        sent++;
    }
}
