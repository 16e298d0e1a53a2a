package dev.tubepost.internal.broker;

import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every owner of partition queues does: hear of them, hand them over, fail what is past its delivery timeout or cut off by a stop.
 * Its state is <em>confined to its actor</em>; the methods of {@link Outbox} may be called by any thread.
 */
public abstract class QueueOwner implements Outbox {

    /** How many touched queues are looked at in one pass, so that a pass stays short with ten thousand partitions. */
    private static final int MAX_TOUCHED_PER_PASS = 4096;

    /** How long to wait before another look whether a compression has ended that cannot be called off. */
    private static final long PREPARATION_TICK_NANOS = 1_000_000L;

    /** The pause after an error that nobody expected. */
    private static final long RECOVERY_NANOS = 100_000_000L;

    protected final SessionContext session;
    protected final Actor actor;
    private final Admission admission;
    private final ConcurrentLinkedQueue<PartitionQueue> touched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Runnable pass = this::guardedPass;

    // ---- confined to the actor ----
    protected final ActiveQueues active = new ActiveQueues();
    protected final Endings endings;
    private final ExpiryWatch expiry;

    QueueOwner(SessionContext session, Actor actor, Admission admission) {
        this.session = session;
        this.actor = actor;
        this.admission = admission;
        this.endings = new Endings(session, actor);
        this.expiry = new ExpiryWatch(session, actor, this::onExpiry);
    }

    // ---- any thread ----

    @Override
    public final Admission admission() {
        return admission;
    }

    @Override
    public final void touched(PartitionQueue queue) {
        touched.add(queue);
        signal();
    }

    @Override
    public final void follow(PartitionQueue queue) {
        post(() -> {
            Outbox next = queue.destination();
            if (queue.owner() != this) {
                queue.owner().follow(queue);
            } else if (next != this) {
                queue.lane.movingTo = next;
                tryHandOver(queue);
            } else {
                queue.lane.stay();
                touched(queue);
            }
        });
    }

    @Override
    public final void adopted(PartitionQueue queue) {
        post(() -> {
            if (queue.owner() == this) { // else it was sent on before it was told
                touched(queue); // first: callers tell nobody any more, so it is known here whatever is thrown below
                onAdopted(queue);
            }
        });
    }

    /** Runs {@link #pass} soon; once, however often this is called before. */
    protected final void signal() {
        if (!signalled.getAndSet(true) || !actor.hasThread()) {
            boolean posted = false;
            try {
                actor.post(pass);
                posted = true;
            } finally {
                if (!posted) {
                    signalled.set(false); // no memory: nobody else would post it any more (F76)
                }
            }
        }
    }

    @Override
    public final void abort(PartitionQueue queue, CutOff cutOff, Runnable done) {
        end(
                queue,
                owner -> owner.abort(queue, cutOff, done),
                (batch, now) -> Failures.cutOff(batch, standing(batch, now), cutOff, now),
                done);
    }

    @Override
    public final void refuse(PartitionQueue queue, Refusal refusal) {
        end(
                queue,
                owner -> owner.refuse(queue, refusal),
                (batch, now) -> Failures.unsendable(batch, standing(batch, now), refusal, now),
                () -> {});
    }

    @Override
    public final void inquire(PartitionQueue queue, BatchOutcome outcome, Consumer<@Nullable Standing> told) {
        post(() -> {
            if (queue.owner() != this) {
                queue.owner().inquire(queue, outcome, told);
                return;
            }
            RecordBatch batch = find(queue, outcome);
            told.accept(batch == null ? null : standing(batch, session.env().nanos()));
        });
    }

    private static @Nullable RecordBatch find(PartitionQueue queue, BatchOutcome outcome) {
        for (RecordBatch sent : queue.lane.inFlight()) {
            if (sent.outcome() == outcome) {
                return sent;
            }
        }
        queue.lock();
        try {
            return queue.find(outcome);
        } finally {
            queue.unlock();
        }
    }

    /**
     * Fails what the queue holds, and what is in flight of it.
     *
     * @param again asks for the same, later or another owner
     */
    private void end(PartitionQueue queue, Consumer<Outbox> again, Cause cause, Runnable done) {
        post(() -> {
            if (queue.owner() != this) {
                again.accept(queue.owner());
            } else if (queue.lane.preparing > 0) {
                actor.after(PREPARATION_TICK_NANOS, () -> again.accept(this));
            } else {
                abortOrTryAgain(queue, cause, done);
            }
        });
    }

    /** Nobody lets this client in: what waits here fails, unless there is a connection that serves it. */
    public final void accessRefused(ConnectionLoss loss) {
        post(() -> {
            if (!isServed()) {
                refuseAll(loss, null);
            }
        });
    }

    @Override
    public final void cancelled(FailedMessage message, Runnable told) {
        session.reporter().run(told);
        session.reporter().failedAlone(message.failure(), message, () -> {}); // its credit goes with the batch's
    }

    /** Whoever stops waits for it, so an error must not keep it from ending; a second attempt is for what the first one left. */
    private void abortOrTryAgain(PartitionQueue queue, Cause cause, Runnable done) {
        boolean all = false;
        try {
            abortNow(queue, cause);
            all = true;
        } finally {
            if (all) {
                done.run();
            } else {
                actor.after(RECOVERY_NANOS, () -> guarded(() -> abortAtLast(queue, cause, done)));
            }
        }
    }

    private void abortAtLast(PartitionQueue queue, Cause cause, Runnable done) {
        try {
            if (queue.owner() == this) {
                abortNow(queue, cause);
            }
        } finally {
            done.run();
        }
    }

    // ---- the actor ----

    /**
     * Runs a part of the owner's work. What is thrown there, a mistake of ours or no memory, ends that part and not the owner: nothing may
     * hang for it, and nothing has to be restarted (design promise 5).
     */
    protected final void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            recover(thrown);
            actor.fault(thrown);
        }
    }

    /** Something was thrown in the middle of the work: looks at every queue again, after a pause. */
    protected void recover(Throwable thrown) {
        for (PartitionQueue queue : active.copy()) {
            queue.lane.inLinger = false;
            touched.add(queue);
        }
        actor.after(RECOVERY_NANOS, this::signal);
    }

    private void guardedPass() {
        guarded(this::pass);
    }

    private void pass() {
        signalled.set(false);
        hearTouched();
        work();
        expiry.schedule(active);
    }

    /**
     * Looks at the queues that were touched.
     *
     * @return whether all that were touched before are active now, if they hold anything: else they are heard of in the next pass
     */
    protected final boolean hearTouched() {
        if (touched.isEmpty()) {
            return true;
        }
        long now = session.env().nanos();
        for (int i = 0; i < MAX_TOUCHED_PER_PASS; i++) {
            PartitionQueue queue = touched.peek();
            if (queue == null) {
                return true;
            }
            if (queue.owner() != this) {
                touched.remove(); // it moved on; the next owner looks at it when it adopts it
                continue;
            }
            if (!queue.tryLockSoon()) {
                putBehind(queue); // a caller appends just now: come back rather than wait
                signal();
                return false;
            }
            boolean heard = false;
            try {
                active.add(queue);
                expiry.hasten(queue);
                onTouched(queue, now);
                heard = true;
            } finally {
                queue.unlock();
                if (!heard) {
                    putBehind(queue); // no memory, or a mistake of ours: neither it nor those behind it are forgotten
                    // (F76)
                }
            }
            touched.remove();
        }
        signal();
        return false;
    }

    /** The first of those that were touched is looked at after the others; if there is no memory for that, it stays where it is. */
    private void putBehind(PartitionQueue first) {
        touched.add(first);
        touched.remove();
    }

    /** Does what is to be done now. */
    protected abstract void work();

    /** Under the queue's lock: there may be something in the queue. */
    protected abstract void onTouched(PartitionQueue queue, long nowNanos);

    /** The queue has come from another owner. */
    protected abstract void onAdopted(PartitionQueue queue);

    /** Whether there is a connection on which what waits here can go, or may be soon. */
    protected abstract boolean isServed();

    /** The queue is about to go to another owner. */
    protected void onLeaving(PartitionQueue queue) {}

    /** Something cannot be sent any more; what is in flight is told here, what waits is taken by the caller. */
    protected abstract void failInFlight(PartitionQueue queue, Predicate<RecordBatch> which, Cause cause);

    /** Where a batch stands that is here: what is not known of it is not told. */
    protected abstract Standing standing(RecordBatch batch, long nowNanos);

    /** The exception for a batch. */
    @FunctionalInterface
    protected interface Cause {
        DeliveryException of(RecordBatch batch, long nowNanos);
    }

    /** Hands the queue over if it is to go and nothing of it is in flight; true if it went. */
    protected final boolean tryHandOver(PartitionQueue queue) {
        Outbox next = queue.lane.movingTo;
        if (next == null || !queue.lane.isQuiet()) {
            return false;
        }
        active.remove(queue);
        onLeaving(queue);
        queue.lane.reset(); // from the next line on it is the next owner's, whom somebody may touch before it is told
        try {
            queue.moveTo(next);
            session.env().step(Step.HANDED_OVER);
        } finally {
            if (queue.owner() == next) { // whatever was thrown: callers tell nobody else
                next.adopted(queue);
            }
        }
        return true;
    }

    /** Not under the queue's lock. It may have gone by then, and what the next owner knows of it must not be touched. */
    protected final void handOverSoon(PartitionQueue queue) {
        post(() -> {
            if (queue.owner() == this) {
                tryHandOver(queue);
            }
        });
    }

    // ---- expiry ----

    private void onExpiry() {
        guarded(this::expire);
        signal();
    }

    private void expire() {
        long now = session.env().nanos();
        long before = now - session.limits().deliveryNanos();
        for (PartitionQueue queue : active.copy()) {
            failInFlight(queue, batch -> batch.acceptedNanos() - before <= 0, this::timeoutInFlight);
            endings.failEach(queue, takeExpired(queue, before + 1), batch -> timeout(batch, now));
            retireIfIdle(queue);
        }
    }

    private DeliveryException timeout(RecordBatch batch, long nowNanos) {
        return Failures.timeout(batch, standing(batch, nowNanos), nowNanos);
    }

    private DeliveryException timeoutInFlight(RecordBatch batch, long nowNanos) {
        return Failures.timeoutInFlight(batch, standing(batch, nowNanos), nowNanos);
    }

    private List<RecordBatch> takeExpired(PartitionQueue queue, long acceptedBeforeNanos) {
        queue.lock();
        try {
            return queue.takeExpired(acceptedBeforeNanos);
        } finally {
            queue.unlock();
        }
    }

    private void abortNow(PartitionQueue queue, Cause cause) {
        long now = session.env().nanos();
        failInFlight(queue, batch -> true, cause);
        failAll(queue, batch -> cause.of(batch, now));
    }

    /** Fails all that waits here: we are not let in (F97). Nothing is in flight, for there is no connection. */
    protected final void refuseAll(ConnectionLoss loss, @Nullable String broker) {
        long now = session.env().nanos();
        for (PartitionQueue queue : active.copy()) {
            failAll(queue, batch -> Failures.accessRefused(batch, broker, loss, now));
        }
    }

    /** Fails all that waits in the queue. */
    protected final void failAll(PartitionQueue queue, Function<RecordBatch, DeliveryException> cause) {
        endings.failEach(queue, takeExpired(queue, session.env().nanos() + Long.MAX_VALUE / 2), cause);
        retireIfIdle(queue);
    }

    /** Runs a task on the actor, soon. */
    final void post(Runnable task) {
        actor.post(() -> guarded(task));
    }

    /** Forgets a queue that holds nothing and has nothing in flight; callers tell again when they append. */
    protected final void retireIfIdle(PartitionQueue queue) {
        if (!queue.lane.isQuiet() || tryHandOver(queue)) {
            return;
        }
        queue.lock();
        try {
            forgetIfIdle(queue);
        } finally {
            queue.unlock();
        }
    }

    /** Under the queue's lock: forgets it if it holds nothing and has nothing in flight; whether it did. */
    protected final boolean forgetIfIdle(PartitionQueue queue) {
        if (queue.oldest() != null || !queue.lane.isQuiet()) {
            return false;
        }
        queue.setTold(false, false);
        active.remove(queue);
        return true;
    }
}
