package dev.tubepost.bench.load;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts callbacks: what a user's callback does at the least. <em>Thread-safe:</em> most come from a client's own thread, but that of a future which
 * is complete already runs where it is given.
 */
final class CompletedCount implements Runnable {

    /** Shared by all messages of a load whose callbacks only have to be paid for. */
    static final CompletedCount EVERY_MESSAGE = new CompletedCount();

    private final LongAdder count = new LongAdder();

    @Override
    public void run() {
        count.increment();
    }

    long count() {
        return count.sum();
    }
}
