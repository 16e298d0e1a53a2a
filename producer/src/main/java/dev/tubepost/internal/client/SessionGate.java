package dev.tubepost.internal.client;

import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.Gated;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may come into a session: one word for all its queues and backlogs. <em>Guarded by its lock</em>, under which those of the queues are
 * taken; callers of produce never take it.
 *
 * <p>What is added while the word changes hears the new one: a queue that stayed open after a stop would take messages that nobody sends
 * and nobody reports.
 */
final class SessionGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Gated> doors = new ArrayList<>();
    private Gate gate = Gate.OPEN;

    /** One more that is to be told, now and from now on. */
    void add(Gated door) {
        lock.lock();
        try {
            door.setGate(gate);
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
            for (Gated door : doors) {
                door.setGate(to);
            }
        } finally {
            lock.unlock();
        }
    }
}
