package dev.tubepost.internal.env;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is its own lock. <em>Thread-safe.</em>
 *
 * <p>A {@link java.util.concurrent.locks.ReentrantLock} is two objects more, each a cache line that whoever appends one message to one of ten thousand
 * queues has to fetch before he can look at the queue; here the lock's word lies beside what it guards. It is not reentrant, and knows its holder only
 * with assertions on: to write that down would cost each message a barrier of the garbage collector.
 */
public abstract class Lockable extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1L;

    /** Some hundreds of nanoseconds. */
    static final int MAX_LOOKS = 20;

    /** Takes the lock. */
    public final void lock() {
        assert !isHeld() : "the lock is held already, and is not reentrant";
        acquire(1);
    }

    /** Takes the lock if it is free; whether it was. */
    public final boolean tryLock() {
        return tryAcquire(1);
    }

    /**
     * Takes the lock if it is free now or soon; whether it was. Whoever holds it to append a message is done within a few looks; if not, he may have been
     * pushed off his core by the very thread that asks, which lets him go on before its last look.
     */
    @SuppressWarnings("ThreadPriorityCheck") // only a hint: nothing depends on it
    public final boolean tryLockSoon() {
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            if (isFree() && tryLock()) {
                return true;
            }
            Thread.onSpinWait();
        }
        Thread.yield();
        return tryLock();
    }

    /** Whether nobody holds the lock at this moment: one look. Not final, so that a test can let go between two of them. */
    boolean isFree() {
        return getState() == 0;
    }

    /** Gives the lock back. */
    public final void unlock() {
        assert isHeld() : "the lock is not held";
        release(1);
    }

    /** Whether the current thread holds the lock; only with assertions on. */
    protected final boolean isHeld() {
        return getExclusiveOwnerThread() == Thread.currentThread();
    }

    @Override
    protected final boolean tryAcquire(int once) {
        if (!compareAndSetState(0, once)) {
            return false;
        }
        assert holds(Thread.currentThread());
        return true;
    }

    @Override
    protected final boolean tryRelease(int once) {
        assert holds(null);
        setState(0);
        return true;
    }

    private boolean holds(@Nullable Thread holder) {
        setExclusiveOwnerThread(holder);
        return true;
    }
}
