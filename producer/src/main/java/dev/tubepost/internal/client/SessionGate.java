package dev.tubepost.internal.client;

import dev.tubepost.internal.queue.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Who may come into a session: one word for all its queues and backlogs. <em>Guarded by its lock</em>, under which those of the queues are
 * taken; callers of produce never take it.
 *
 * <p>What is added while the word changes hears the new one: a queue that stayed open after a stop would take messages that nobody sends
 * and nobody reports.
 */
final class SessionGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<Gate>> doors = new ArrayList<>();
    private Gate gate = Gate.OPEN;

    /** One more that is to be told, now and from now on. */
    void add(Consumer<Gate> door) {
        lock.lock();
        try {
            door.accept(gate);
            doors.add(door);
        } finally {
            lock.unlock();
        }
    }

    /** Says who may come in, everywhere; once it returns, nobody else does. */
    void set(Gate to) {
        lock.lock();
        try {
            gate = to;
            doors.forEach(door -> door.accept(to));
        } finally {
            lock.unlock();
        }
    }
}
