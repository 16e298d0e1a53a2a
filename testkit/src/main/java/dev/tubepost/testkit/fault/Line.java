package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.env.EventHeap;
import dev.tubepost.testkit.net.Mishaps;
import java.util.concurrent.TimeUnit;

/** Decides what befalls connections, until all is well. <em>Confined to the run's thread.</em> */
public final class Line implements Mishaps {

    /** Longer than most delivery timeouts: what was written then arrives when nobody waits for it any more. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** From 1 KiB to 64 KiB a second. */
    private static final long SLOWEST_NANOS_PER_BYTE = 1_000_000;

    private static final long LONGEST_GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_LACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventHeap events;
    private final Decisions decisions;
    private final Casualties casualties;
    private long lackingUntil;

    public Line(EventHeap events, Decisions decisions, Casualties casualties) {
        this.events = events;
        this.decisions = decisions;
        this.casualties = casualties;
    }

    private boolean happens(Injury injury) {
        boolean strikes = decisions.strikes(injury);
        if (strikes) {
            casualties.happened(injury, events.now());
        }
        return strikes;
    }

    @Override
    public Arrival arrival() {
        if (happens(Injury.CONNECT_REFUSED)) {
            return Arrival.REFUSED;
        }
        if (happens(Injury.CONNECT_LOST)) {
            return Arrival.LOST;
        }
        return happens(Injury.SILENT) ? Arrival.SILENT : Arrival.GOOD;
    }

    @Override
    public boolean resolves(String host) {
        return !happens(Injury.NAME_NOT_FOUND);
    }

    @Override
    public long pauseNanos() {
        return happens(Injury.STOPS_READING) ? 1 + decisions.details().nextLong(LONGEST_PAUSE_NANOS) : 0;
    }

    @Override
    public long nanosPerByte() {
        return happens(Injury.NARROW)
                ? SLOWEST_NANOS_PER_BYTE >> decisions.details().nextInt(7)
                : 0;
    }

    @Override
    public boolean byteByByte() {
        return happens(Injury.BYTE_BY_BYTE);
    }

    @Override
    public long gatherNanos() {
        return happensLater(Injury.COALESCED) ? 1 + decisions.details().nextLong(LONGEST_GATHER_NANOS) : 0;
    }

    @Override
    public void onSeveralAtOnce() {
        casualties.happened(Injury.COALESCED, events.now());
    }

    /** Counted when it shows. */
    private boolean happensLater(Injury injury) {
        return decisions.strikes(injury);
    }

    @Override
    public boolean lacksDescriptors() {
        if (decisions.isOver()) {
            return false;
        }
        if (events.now() >= lackingUntil && happens(Injury.NO_DESCRIPTORS)) {
            lackingUntil = events.now() + 1 + decisions.details().nextLong(LONGEST_LACK_NANOS);
        }
        return events.now() < lackingUntil;
    }

    @Override
    public boolean hasDeadAddress() {
        return happens(Injury.DEAD_ADDRESS);
    }

    @Override
    public boolean isOver() {
        return decisions.isOver();
    }

    @Override
    public void onReconnected() {
        casualties.disturbed(events.now());
        casualties.passed(Transition.RECONNECTED);
    }
}
