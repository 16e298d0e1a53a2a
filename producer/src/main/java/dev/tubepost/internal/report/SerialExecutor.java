package dev.tubepost.internal.report;

import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.env.Mailbox;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order in which they came, on the session's mailbox or on an executor of the user, however many
 * threads that has. <em>Thread-safe.</em>
 */
final class SerialExecutor {

    private static final Log LOG = Log.of("dev.tubepost.report");

    private final Mailbox mailbox;
    private final @Nullable Executor executor;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    /** Whether somebody is to drain: taken by the one who does, since an executor may throw though it will run what it was given. */
    private final AtomicBoolean due = new AtomicBoolean();

    private final Runnable drain = this::drain;
    private volatile @Nullable Thread running;
    private volatile boolean ending;

    SerialExecutor(Mailbox mailbox, @Nullable Executor executor) {
        this.mailbox = mailbox;
        this.executor = executor;
    }

    /** Never blocks, never runs the task before returning. */
    void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0 || hasNoThread()) {
            schedule();
        }
    }

    /** Whether what was scheduled waits for a thread that could not be had: the next command asks for one again. */
    private boolean hasNoThread() {
        return executor == null && !mailbox.hasThread();
    }

    /** Runs the last task; an executor that refuses work from now on is no surprise, since its owner may end it after a close. */
    void executeLast(Runnable task) {
        ending = true;
        execute(task);
    }

    /** Whether the caller is one of the tasks. */
    boolean isCurrent() {
        return running == Thread.currentThread();
    }

    /** Whatever the executor throws (no thread, a mistake of its own), somebody drains: nobody would schedule again. */
    private void schedule() {
        due.set(true);
        if (executor != null) {
            try {
                executor.execute(drain);
                return;
            } catch (Throwable e) {
                if (!ending || !(e instanceof RejectedExecutionException)) {
                    LOG.warn("the report executor refuses work; reports run on a thread of their own", e);
                }
            }
        }
        mailbox.post(drain);
    }

    private void drain() {
        if (!due.getAndSet(false)) {
            return;
        }
        running = Thread.currentThread();
        try {
            boolean more = true;
            while (more) {
                more = drainOnce();
            }
        } finally {
            if (running == Thread.currentThread()) {
                running = null;
            }
        }
    }

    /**
     * Runs what there is; whether to go on. On the thread of the reports it goes on until nothing is left: after a close that thread takes no more
     * commands, and what came while a callback blocked would have no report. On a user's executor others may want to run.
     */
    private boolean drainOnce() {
        int done = 0;
        int seen = pending.get();
        while (done < seen) {
            run(tasks.remove());
            done++;
        }
        if (mailbox.isCurrent()) {
            return pending.addAndGet(-done) > 0;
        }
        running = null; // before another thread may begin
        if (pending.addAndGet(-done) > 0) {
            schedule();
        }
        return false;
    }

    /** What a task throws ends nothing (F82). */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("a callback threw; reports go on", e);
        }
    }
}
