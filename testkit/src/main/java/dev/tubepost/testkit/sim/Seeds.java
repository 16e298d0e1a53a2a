package dev.tubepost.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Makes the runs of many seeds, on several threads; runs share nothing. <em>Thread-safe.</em> */
final class Seeds {

    /** Every so-manieth seed is run twice, to see that it makes the same run (I22). */
    private static final int TWICE = 100;

    private final AtomicLong next;
    private final long end;
    private final Tally tally;
    private final BooleanSupplier enough;

    /**
     * @param from the first seed
     * @param count how many seeds
     * @param enough whether no further run is to begin
     */
    Seeds(long from, long count, Tally tally, BooleanSupplier enough) {
        this.next = new AtomicLong(from);
        this.end = from + count;
        this.tally = tally;
        this.enough = enough;
    }

    /** Returns when all are run, or it is enough. */
    void run(int threads, Consumer<Tally> progress) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            var thread = new Thread(this::runSome, "seeds-" + i);
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            while (thread.isAlive()) {
                thread.join(1_000);
                progress.accept(tally);
            }
        }
    }

    private void runSome() {
        for (long seed = next.getAndIncrement(); seed < end && !enough.getAsBoolean(); seed = next.getAndIncrement()) {
            tally.add(runOnce(seed));
        }
    }

    private Outcome runOnce(long seed) {
        Outcome outcome = Simulation.run(seed);
        if (seed % TWICE == 0 && outcome.isGood()) {
            Outcome again = Simulation.run(seed);
            if (again.traceHash() != outcome.traceHash()) {
                return outcome.with("the same seed made another run: trace " + Long.toHexString(outcome.traceHash())
                        + ", then " + Long.toHexString(again.traceHash()));
            }
            tally.repeated();
        }
        return outcome;
    }
}
