package dev.tubepost.internal.client;

import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.Gated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Messages for a topic whose partitions are not known yet, in order. <em>Guarded by its lock.</em>
 *
 * <pre>
 *   COLLECTING ---- begin ----> EMPTYING ---- the last one taken ----> OPEN
 * </pre>
 *
 * <p>While it is emptied, callers still join it, so that nobody overtakes; only when it is empty do they go to the queues themselves. It is
 * bounded by the admission to which each message is charged before it joins.
 */
final class TopicBacklog implements Gated {

    private enum State {
        COLLECTING,
        EMPTYING,
        OPEN
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<BacklogMessage> messages = new ArrayDeque<>();
    private State state = State.COLLECTING;
    private Gate gate = Gate.OPEN;

    /** What came of an attempt to join. */
    enum Join {
        JOINED,
        /** The partitions are known, and nobody waits here: go to the queue. */
        OPEN,
        /** The session has stopped. */
        RETIRED
    }

    /** Joins the end of the line. */
    Join join(BacklogMessage message) {
        lock.lock();
        try {
            if (gate != Gate.OPEN) {
                return Join.RETIRED;
            }
            if (state == State.OPEN) {
                return Join.OPEN;
            }
            messages.add(message);
            return Join.JOINED;
        } finally {
            lock.unlock();
        }
    }

    /** The partitions are known: true if the caller is to empty the backlog, by {@link #next} until that gives null. */
    boolean begin() {
        lock.lock();
        try {
            if (state != State.COLLECTING) {
                return false;
            }
            state = State.EMPTYING;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next one; null if there is none, and then callers go to the queues.
     *
     * @param onOpen run under the lock when there is none left
     */
    @Nullable
    BacklogMessage next(Runnable onOpen) {
        lock.lock();
        try {
            BacklogMessage message = messages.poll();
            if (message == null) {
                state = State.OPEN;
                onOpen.run();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** The first that fits, which stays; null if there is none. */
    @Nullable
    BacklogMessage first(Predicate<BacklogMessage> which) {
        lock.lock();
        try {
            for (BacklogMessage message : messages) {
                if (which.test(message)) {
                    return message;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what fits. */
    List<BacklogMessage> takeMatching(Predicate<BacklogMessage> which) {
        var taken = new ArrayList<BacklogMessage>();
        lock.lock();
        try {
            messages.removeIf(message -> which.test(message) && taken.add(message));
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** Takes out what was handed over before that time. */
    List<BacklogMessage> takeBefore(long acceptedNanos) {
        var taken = new ArrayList<BacklogMessage>();
        lock.lock();
        try {
            for (Iterator<BacklogMessage> all = messages.iterator(); all.hasNext(); ) {
                BacklogMessage message = all.next();
                if (message.acceptedNanos() - acceptedNanos >= 0) {
                    break;
                }
                all.remove();
                taken.add(message);
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** Takes everything out. */
    List<BacklogMessage> takeAll() {
        lock.lock();
        try {
            var taken = List.copyOf(messages);
            messages.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return messages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setGate(Gate to) {
        lock.lock();
        try {
            gate = to;
        } finally {
            lock.unlock();
        }
    }
}
