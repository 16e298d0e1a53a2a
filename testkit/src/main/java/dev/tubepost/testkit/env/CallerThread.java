package dev.tubepost.testkit.env;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the user that runs only while it holds the baton. The run's thread hands it over and waits until it comes back, so one of them runs at a
 * time, and what one writes the other sees. In the midst of a command it can pause for as long as the seed likes, while anybody else begins
 * and ends: what turns within turns cannot do.
 *
 * <pre>
 *   IDLE --- run ---> RUNNING --- pause ---> PAUSED
 *    ^                |     ^                  |
 *    +---- through ---+     +------ goOn ------+         dismiss: ends it, wherever it is
 * </pre>
 *
 * <p>{@link #pause} belongs to the thread itself, all other methods to the run's thread.
 */
final class CallerThread {

    /** Ends a thread whose run is over in the midst of what it did; user code and the producer catch exceptions, and no such error. */
    private static final class Dismissed extends Error {
        private static final long serialVersionUID = 1L;

        Dismissed() {
            super("the run is over", null, false, false);
        }
    }

    private final Semaphore toThread = new Semaphore(0);
    private final Semaphore toRun = new Semaphore(0);
    private final Thread thread;

    // ---- whoever holds the baton ----
    private Runnable command = CallerThread::nothing;
    private @Nullable BooleanSupplier ready;
    private @Nullable Throwable thrown;
    private boolean dismissed;

    CallerThread(String name) {
        thread = new Thread(this::live, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a command until it is through or pauses; throws what it threw. */
    void run(Runnable next) throws Throwable {
        command = next;
        goOn();
    }

    /** Runs on where it paused. */
    void goOn() throws Throwable {
        ready = null;
        handOver();
        Throwable failure = thrown;
        if (failure != null) {
            thrown = null;
            throw failure;
        }
    }

    boolean isPaused() {
        return ready != null;
    }

    /** Whether it has paused, and what it waits for has come. */
    boolean canGoOn() {
        BooleanSupplier condition = ready;
        return condition != null && condition.getAsBoolean();
    }

    /** On this thread: lets the others run, until the run goes on with it. */
    void pause(BooleanSupplier until) {
        ready = until;
        toRun.release();
        toThread.acquireUninterruptibly();
        if (dismissed) {
            throw new Dismissed();
        }
    }

    /** Ends the thread; what it is in the midst of goes no further. Returns when it has ended. */
    void dismiss() {
        dismissed = true;
        while (thread.isAlive()) {
            handOver();
        }
    }

    private static void nothing() {}

    private void handOver() {
        toThread.release();
        toRun.acquireUninterruptibly();
    }

    private void live() {
        toThread.acquireUninterruptibly();
        while (!dismissed) {
            try {
                command.run();
            } catch (Dismissed over) {
                break;
            } catch (Throwable failure) {
                thrown = failure;
            }
            command = CallerThread::nothing;
            toRun.release();
            toThread.acquireUninterruptibly();
        }
        toRun.release(Integer.MAX_VALUE / 2); // nobody is to wait for who has ended
    }
}
