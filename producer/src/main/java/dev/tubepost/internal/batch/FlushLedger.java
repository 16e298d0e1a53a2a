package dev.tubepost.internal.batch;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a flush waits for: the batches of a session that were begun before it, in generations. <em>Thread-safe.</em>
 *
 * <p>Each batch, and each message of a backlog, holds the generation in which it was begun until it is reported. A flush seals the current
 * generation and waits until it and all before it are held by nobody. So nothing is counted per message, a message that joins an older
 * batch is waited for, and a batch that is begun after the flush is not. The children of a split hold their parent's generation before
 * the parent lets go, so none escapes (KAFKA-9312).
 */
public final class FlushLedger {

    private static final int SEALED = Integer.MIN_VALUE;

    /** Batches begun between two flushes. */
    public final class Generation {
        private final long number;
        private final AtomicInteger holders = new AtomicInteger();
        private final CompletableFuture<Void> cleared = new CompletableFuture<>();

        private Generation(long number) {
            this.number = number;
        }

        /** Whether a flush waits for it: what holds it is to be sent now. */
        public boolean isSealed() {
            return holders.get() < 0;
        }

        /** Whether it was begun before the other. */
        public boolean isBefore(Generation other) {
            return number < other.number;
        }

        /** One more holder, allowed while there is one already. */
        public void hold() {
            holders.incrementAndGet();
        }

        /** One holder less. */
        public void release() {
            release(1);
        }

        /** So many holders less. */
        public void release(int count) {
            if (holders.addAndGet(-count) == SEALED) {
                clear();
            }
        }

        private boolean tryHold() {
            while (true) {
                int now = holders.get();
                if (now < 0) {
                    return false;
                }
                if (holders.compareAndSet(now, now + 1)) {
                    return true;
                }
            }
        }

        private void seal() {
            if (holders.addAndGet(SEALED) == SEALED) {
                clear();
            }
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** Sealed and not cleared, oldest first. Guarded by lock. */
    private final ArrayDeque<Generation> sealed = new ArrayDeque<>();

    private volatile Generation current = new Generation(0);

    /** Begins to hold the current generation. */
    public Generation enter() {
        while (true) {
            Generation generation = current;
            if (generation.tryHold()) {
                return generation;
            }
        }
    }

    /** Completed when everything that was begun before this call is reported. */
    public CompletableFuture<Void> flush() {
        Generation generation;
        lock.lock();
        try {
            generation = current;
            current = new Generation(generation.number + 1);
            sealed.add(generation);
        } finally {
            lock.unlock();
        }
        generation.seal();
        return generation.cleared;
    }

    private void clear() {
        var done = new ArrayDeque<Generation>();
        lock.lock();
        try {
            while (!sealed.isEmpty() && sealed.peek().holders.get() == SEALED) {
                done.add(sealed.remove());
            }
        } finally {
            lock.unlock();
        }
        for (Generation generation : done) {
            generation.cleared.complete(null);
        }
    }
}
