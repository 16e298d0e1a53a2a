package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Mailbox;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Commands that run one at a time, when the scheduler says so. <em>Confined to the run's thread.</em> */
final class SimMailbox implements Mailbox {

    /** Who it is, which decides within whose steps it may run. */
    enum Kind {
        /** An actor of the producer. */
        ACTOR,
        /** Where user code is called back. */
        REPORTS,
        /** A thread of the user. */
        CALLER
    }

    private final Scheduler scheduler;
    private final String name;
    private final Kind kind;
    /** The thread on which it runs, or null if it runs within the turns of others. */
    private final @Nullable CallerThread thread;

    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private boolean listed;
    private boolean running;
    private boolean retired;
    private long interruptAt = Long.MAX_VALUE;

    SimMailbox(Scheduler scheduler, String name, Kind kind) {
        this(scheduler, name, kind, null);
    }

    SimMailbox(Scheduler scheduler, String name, Kind kind, @Nullable CallerThread thread) {
        this.scheduler = scheduler;
        this.name = name;
        this.kind = kind;
        this.thread = thread;
    }

    @Override
    public void post(Runnable command) {
        if (retired || !scheduler.isAccepting(this)) {
            return;
        }
        commands.add(command);
        if (!listed) {
            listed = true;
            scheduler.list(this);
        }
    }

    @Override
    public boolean isCurrent() {
        return scheduler.isCurrent(this);
    }

    @Override
    public void retire() {
        retired = true;
        commands.clear();
    }

    boolean isRetired() {
        return retired;
    }

    /** Whether it is in the midst of a command, and cannot go on with it now. */
    boolean isBusy() {
        return running && (thread == null || !thread.canGoOn());
    }

    long interruptAt() {
        return interruptAt;
    }

    void interruptAt(long nanos) {
        interruptAt = nanos;
    }

    @Nullable
    CallerThread thread() {
        return thread;
    }

    Kind kind() {
        return kind;
    }

    /** Runs the oldest command, or goes on with the one that has paused. */
    void runOne() throws Throwable {
        boolean hasPaused = running;
        running = true;
        try {
            if (thread == null) {
                commands.remove().run();
            } else if (hasPaused) {
                thread.goOn();
            } else {
                thread.run(commands.remove());
            }
        } finally {
            running = thread != null && thread.isPaused();
        }
    }

    /** Whether nothing is left to run; it then has left the scheduler's list. */
    boolean leaveIfEmpty() {
        if (commands.isEmpty() && !running) {
            listed = false;
            return true;
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
