package dev.tubepost.internal.net;

import java.util.concurrent.ThreadFactory;

/**
 * Makes and names the threads of one {@link EventLoops}. <em>Thread-safe.</em> All are daemons: a program that forgets to close must still
 * be able to end (F92).
 */
final class Threads {

    private final ThreadFactory factory;

    Threads(ThreadFactory factory) {
        this.factory = factory;
    }

    /** A thread that is not started yet. */
    Thread create(String name, Runnable task) {
        var thread = factory.newThread(task);
        if (thread == null) {
            throw new IllegalStateException("the thread factory " + factory + " gave no thread for " + name);
        }
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }
}
