package dev.tubepost.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/** Counts callbacks: what a user's callback does at the least. <em>Thread-safe.</em> */
final class CompletedCount implements Runnable {

    /** Shared by all messages of a load whose callbacks only have to be paid for. */
    static final CompletedCount EVERY_MESSAGE = new CompletedCount();

    private final AtomicLong count = new AtomicLong();

    @Override
    public void run() {
        count.lazySet(count.get() + 1); // callbacks of both clients come from one thread
    }

    long count() {
        return count.get();
    }
}
