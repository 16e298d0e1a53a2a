package dev.tubepost.internal.broker;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.queue.PartitionQueue;

/**
 * Where the queues of a worker stand. One that holds something is in at most one of three places: in the line of those that linger, in the ring of
 * those that are ready, or nowhere, while a batch of it is in flight, being compressed, or backing off; whatever ends that has it sorted
 * again. <em>Confined to the worker's actor.</em>
 */
final class QueuePlaces {

    private final SessionContext session;
    private final QueueOwner owner;
    private final Preparation preparation;
    private final Sequencer sequencer;
    private final ReadyRing ready = new ReadyRing();
    private final LingerLine lingering;

    /** @param onDue run on the actor when a linger may be over */
    QueuePlaces(
            SessionContext session,
            Actor actor,
            QueueOwner owner,
            Preparation preparation,
            Sequencer sequencer,
            Runnable onDue) {
        this.session = session;
        this.owner = owner;
        this.preparation = preparation;
        this.sequencer = sequencer;
        this.lingering = new LingerLine(session.env(), actor, onDue);
    }

    /** Those of which something can be sent. */
    ReadyRing ready() {
        return ready;
    }

    /**
     * Under the queue's lock: puts the queue where it belongs. A batch that is due goes on growing until a request has room for it, unless it is to be
     * compressed meanwhile: the more a broker has to do, the larger are its batches.
     */
    void sort(PartitionQueue queue, long nowNanos) {
        if (queue.lane.movingTo != null) {
            queue.setTold(true, true); // nothing more goes from here; what it waits for has it handed over
            return;
        }
        boolean hurry = isHurried(queue);
        if (session.limits().compresses() && queue.closeIfDue(nowNanos, hurry)) {
            queue.lane.isHurried = false;
        }
        preparation.prepare(queue);
        if (queue.isSendable(nowNanos, hurry)) {
            queue.setTold(true, true);
            makeReady(queue, nowNanos);
        } else {
            rest(queue, nowNanos);
        }
    }

    /** Sending the open batch early makes room only if it is next: behind others it may as well grow (a flush sends it anyway). */
    static boolean isHurried(PartitionQueue queue) {
        return queue.lane.isHurried && queue.lane.isQuiet() && !queue.hasClosed();
    }

    private void makeReady(PartitionQueue queue, long nowNanos) {
        if (!queue.lane.inReady && !queue.lane.isBackingOff && sequencer.mayGo(queue, nowNanos)) {
            ready.add(queue);
        }
    }

    /**
     * Under the queue's lock: nothing of it can be sent now. If it holds nothing either, whoever appends next has to tell: whatever looked
     * at it (a linger that a flush overtook, a new view of the cluster) must not leave callers to believe that the worker knows.
     */
    void rest(PartitionQueue queue, long nowNanos) {
        if (!owner.forgetIfIdle(queue)) {
            queue.setTold(true, queue.hasClosed());
            lingering.join(queue, queue.hasOpen() ? queue.openDueNanos() : nextDueNanos(queue, nowNanos));
        }
    }

    /**
     * When a batch could be due that is begun behind those in flight; {@link Long#MIN_VALUE} if the next answer is early enough to look. Callers need not
     * tell of it, who begin so many such batches: it is looked for.
     */
    private long nextDueNanos(PartitionQueue queue, long nowNanos) {
        boolean mayFollow = queue.lane.sequences != null
                && !queue.hasClosed()
                && session.limits().lingerNanos() > 0;
        return mayFollow ? nowNanos + session.limits().lingerNanos() : Long.MIN_VALUE;
    }

    /** Looks at those whose linger is over. */
    void takeDue(long nowNanos) {
        PartitionQueue due = lingering.takeDue(owner, nowNanos);
        while (due != null) {
            look(due, nowNanos);
            due = lingering.takeDue(owner, nowNanos);
        }
    }

    /** The time has come to look at it. If no batch was begun behind those in flight, whoever begins one has to tell. */
    private void look(PartitionQueue queue, long nowNanos) {
        queue.lock();
        try {
            if (queue.oldest() == null && !queue.lane.isQuiet()) {
                queue.setTold(false, false);
            } else {
                sort(queue, nowNanos);
            }
        } finally {
            queue.unlock();
        }
    }

    /** Not under the queue's lock: what it stood nowhere for is over. */
    void sortAgain(PartitionQueue queue, long nowNanos) {
        queue.lock();
        try {
            sort(queue, nowNanos);
        } finally {
            queue.unlock();
        }
    }

    /** What is in its open batch does not linger; what comes later is asked for anew. */
    void hurry(PartitionQueue queue, long nowNanos) {
        queue.lock();
        try {
            queue.lane.isHurried |= queue.hasOpen();
            sort(queue, nowNanos);
        } finally {
            queue.unlock();
        }
    }

    /** Sees to it that somebody looks when the next linger is over. */
    void schedule() {
        lingering.schedule();
    }

    /** All of them stand nowhere, and are to be sorted again. */
    void clear() {
        ready.clear();
        lingering.clear(owner);
    }
}
