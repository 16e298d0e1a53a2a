package dev.tubepost.testkit.embedded;

import java.util.Properties;

/** Guarded by the lock of its {@link Node}. How a node is run: in this JVM or as a process. Started and stopped any number of times. */
sealed interface NodeRunner permits InProcessRunner, ProcessRunner {
    /** Returns when the node serves requests; a failed start leaves nothing running. */
    void start(Properties properties, Deadline deadline) throws Exception;

    /** An orderly shutdown. */
    void stop(Deadline deadline) throws Exception;

    /** Ends the node without a last word. */
    void kill();

    void pause();

    void resume();

    boolean isRunning();

    /** Frees what a node needs no more, as fast as that goes; its data is not needed afterwards. */
    void discard(Deadline deadline) throws Exception;

    /** Thread-safe, without the lock: the JVM is ending, and what would outlive it must not. */
    void abandon();
}
