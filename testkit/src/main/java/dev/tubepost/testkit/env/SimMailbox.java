package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Mailbox;
import java.util.ArrayDeque;

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
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private boolean listed;
    private boolean running;
    private boolean retired;

    SimMailbox(Scheduler scheduler, String name, Kind kind) {
        this.scheduler = scheduler;
        this.name = name;
        this.kind = kind;
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

    boolean isRunning() {
        return running;
    }

    Kind kind() {
        return kind;
    }

    /** Runs the oldest command, and leaves the list if it was the last. */
    void runOne() {
        Runnable command = commands.remove();
        running = true;
        try {
            command.run();
        } finally {
            running = false;
        }
    }

    /** Whether nothing is left to run; it then has left the scheduler's list. */
    boolean leaveIfEmpty() {
        if (commands.isEmpty()) {
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
