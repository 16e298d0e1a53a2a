package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Mailbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox with a thread of its own, for user code. <em>Thread-safe.</em> The thread starts with the first command and sleeps without a
 * timeout while there is none.
 */
final class ReportThread implements Mailbox, Runnable {

    private static final VarHandle ASLEEP;
    private static final VarHandle THREAD;

    static {
        try {
            var lookup = MethodHandles.lookup();
            ASLEEP = lookup.findVarHandle(ReportThread.class, "asleep", boolean.class);
            THREAD = lookup.findVarHandle(ReportThread.class, "thread", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final Threads threads;
    private final Faults faults;
    private final Consumer<ReportThread> onRetired;
    private final CommandQueue commands = new CommandQueue();
    private volatile @Nullable Thread thread;
    private volatile boolean asleep;
    private volatile boolean retired;

    ReportThread(String name, Threads threads, Faults faults, Consumer<ReportThread> onRetired) {
        this.name = name;
        this.threads = threads;
        this.faults = faults;
        this.onRetired = onRetired;
    }

    @Override
    public void post(Runnable command) {
        if (retired) {
            return;
        }
        commands.offer(null, command);
        if (thread == null) {
            start();
        }
        wakeIfAsleep();
    }

    @Override
    public boolean hasThread() {
        return thread != null;
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void retire() {
        retired = true;
        wakeIfAsleep();
        onRetired.accept(this);
    }

    /** Ends it once it has run what was posted before. */
    void finish() {
        if (thread == null) {
            retire();
        } else {
            post(this::retire);
        }
    }

    /** The thread, or null before the first command. */
    @Nullable
    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        while (!retired) {
            var entry = commands.poll();
            if (entry != null) {
                runOne(entry.take());
            } else if (!commands.isEmpty()) {
                Thread.onSpinWait(); // a producer is between its two steps
            } else {
                sleep();
            }
        }
    }

    private void start() {
        try {
            var created = threads.create(name, this);
            if (THREAD.compareAndSet(this, null, created)) {
                startOrForget(created);
            }
        } catch (Throwable thrown) { // out of threads: the next command tries again (F76)
            faults.report(name, thrown);
        }
    }

    private void startOrForget(Thread created) {
        boolean started = false;
        try {
            created.start();
            started = true;
        } finally {
            if (!started) {
                thread = null;
            }
        }
    }

    private void wakeIfAsleep() {
        if (asleep && ASLEEP.compareAndSet(this, true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void sleep() {
        Thread.interrupted(); // a callback may have set the flag, and park returns at once while it stands
        asleep = true;
        if (commands.isEmpty() && !retired) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void runOne(Runnable command) {
        try {
            command.run();
        } catch (Throwable thrown) {
            faults.report(name, thrown);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
