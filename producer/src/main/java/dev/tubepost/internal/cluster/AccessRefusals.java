package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.net.ConnectionLoss;

/**
 * Notices that nobody lets us in: everyone was asked, and whoever answered refused (F97). <em>Confined to the cluster actor.</em>
 *
 * <p>One refusal alone says little: a broker may not have heard of a new password yet. A broker that cannot be reached had its chance.
 */
final class AccessRefusals {

    private static final int LEAST_REFUSALS = 2;

    private final Backoff pause;
    private int attempts;
    private int refusals;
    private boolean isTold;

    /** @param pause between attempts once it is told, so that no account is locked for the number of its failures */
    AccessRefusals(Backoff pause) {
        this.pause = pause;
    }

    /** Somebody let us in. */
    void reset() {
        attempts = 0;
        refusals = 0;
        isTold = false;
        pause.reset();
    }

    /**
     * An attempt to connect has failed.
     *
     * @param candidates how many there are to ask
     * @return whether to tell now that nobody lets us in
     */
    boolean isTime(ConnectionLoss loss, int candidates) {
        attempts++;
        refusals += loss.isRefusal() ? 1 : 0;
        boolean enough = isTold ? loss.isRefusal() : refusals >= LEAST_REFUSALS;
        if (!enough || attempts < candidates) {
            return false;
        }
        isTold = true; // from now on by each refusal: who comes later does not wait for another round
        return true;
    }

    /** How long to wait before the next attempt, if that is longer than usual. */
    long pauseNanos(long usualNanos) {
        return isTold ? Math.max(usualNanos, pause.nextNanos()) : usualNanos;
    }
}
