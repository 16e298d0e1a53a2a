package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.env.EventHeap;
import dev.tubepost.testkit.env.Hazards;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Injury;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is thrown in the midst of the producer's own work: no memory, a mistake of ours. <em>Used by whoever holds the baton.</em> */
final class ProcessTrouble implements Hazards {

    /** Not as long as a stop waits for what it cuts off. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final EventHeap events;
    private final Decisions decisions;
    private final Casualties casualties;

    ProcessTrouble(EventHeap events, Decisions decisions, Casualties casualties) {
        this.events = events;
        this.decisions = decisions;
        this.casualties = casualties;
    }

    @Override
    public @Nullable Error inTurn() {
        if (!decisions.strikes(Injury.THROWN_IN_WORKER)) {
            return null;
        }
        casualties.happened(Injury.THROWN_IN_WORKER, events.now());
        return new MishapError("a worker");
    }

    @Override
    public @Nullable RuntimeException inSideWork() {
        if (!decisions.strikes(Injury.THROWN_IN_COMPRESSOR)) {
            return null;
        }
        casualties.mattered(Injury.THROWN_IN_COMPRESSOR);
        return new MishapException("a compressor");
    }

    @Override
    public long sideWorkNanos() {
        if (!decisions.strikes(Injury.SLOW_COMPRESSOR)) {
            return 0;
        }
        casualties.mattered(Injury.SLOW_COMPRESSOR);
        return decisions.details().nextLong(LONGEST_NANOS);
    }
}
