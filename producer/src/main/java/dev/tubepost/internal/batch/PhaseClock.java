package dev.tubepost.internal.batch;

import dev.tubepost.TimeSpent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a batch goes, phase by phase (N7). <em>Confined to the owner of the batch.</em> Exactly one phase is on at a time,
 * so the phases add up to the batch's age.
 */
@SuppressWarnings("EnumOrdinal") // an array by phase; the numbers leave no trace outside
public final class PhaseClock {

    private static final int PHASES = TimeSpent.Phase.values().length;

    private final TimeSpent.Phase first;
    private long firstNanos;
    /** By phase, without the first: most batches have but one phase that has ended, when their time does. */
    private long @Nullable [] nanos;

    private TimeSpent.Phase phase;
    private long sinceNanos;

    public PhaseClock(TimeSpent.Phase first, long nowNanos) {
        this.first = first;
        phase = first;
        sinceNanos = nowNanos;
    }

    /** A clock that goes on from this one, for who only looks. */
    public PhaseClock copy() {
        return new PhaseClock(this);
    }

    /** A clock that goes on from another. */
    PhaseClock(PhaseClock other) {
        first = other.first;
        firstNanos = other.firstNanos;
        nanos = other.nanos == null ? null : other.nanos.clone();
        phase = other.phase;
        sinceNanos = other.sinceNanos;
    }

    /** Ends the current phase, and begins another. */
    public void enter(TimeSpent.Phase next, long nowNanos) {
        if (next == phase) {
            return;
        }
        add(phase, nowNanos - sinceNanos);
        phase = next;
        sinceNanos = nowNanos;
    }

    /** Adds time that was spent before the clock began. */
    public void add(TimeSpent.Phase which, long addedNanos) {
        if (which == first) {
            firstNanos += addedNanos;
        } else if (addedNanos != 0) {
            nanos = nanos == null ? new long[PHASES] : nanos;
            nanos[which.ordinal()] += addedNanos;
        }
    }

    /** Says what some of the time in one phase was really spent on; at most as much as there was. */
    public void move(TimeSpent.Phase from, TimeSpent.Phase to, long movedNanos, long nowNanos) {
        if (from == phase) {
            add(from, nowNanos - sinceNanos);
            sinceNanos = nowNanos;
        }
        long moved = Math.min(movedNanos, ended(from));
        if (moved > 0) {
            add(from, -moved);
            add(to, moved);
        }
    }

    /** What was spent up to now. */
    public TimeSpent read(long nowNanos) {
        return new TimeSpent(
                at(TimeSpent.Phase.METADATA, nowNanos),
                at(TimeSpent.Phase.MEMORY, nowNanos),
                at(TimeSpent.Phase.QUEUE, nowNanos),
                at(TimeSpent.Phase.CONNECTION, nowNanos),
                at(TimeSpent.Phase.IN_FLIGHT, nowNanos),
                at(TimeSpent.Phase.BACKOFF, nowNanos),
                at(TimeSpent.Phase.THROTTLE, nowNanos));
    }

    private Duration at(TimeSpent.Phase which, long nowNanos) {
        long spent = ended(which) + (which == phase ? nowNanos - sinceNanos : 0);
        return Duration.ofNanos(Math.max(0, spent));
    }

    private long ended(TimeSpent.Phase which) {
        if (which == first) {
            return firstNanos;
        }
        return nanos == null ? 0 : nanos[which.ordinal()];
    }
}
