package dev.tubepost.internal.broker;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.PhaseClock;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.ProduceResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends what one session has for one broker: the specification's OwnedBroker. Its state is <em>confined to its actor</em>.
 *
 * <p>A pass does work for the queues that have something to do, and for no others: those whose place ({@link QueuePlaces}) says so.
 */
public final class BrokerWorker extends QueueOwner implements BrokerLink.User, ProduceCall.Worker {

    private final BrokerLink link;
    private final Preparation preparation;
    private final Sequencer sequencer;
    private final Settlement settlement;
    private final AtomicBoolean hurryAsked = new AtomicBoolean();

    // ---- confined to the actor ----
    private final QueuePlaces places;
    private final ReadyRing ready;
    private final ArrayDeque<ProduceCall> calls = new ArrayDeque<>();
    /** What was taken from the queues and is in no call yet. */
    private List<Flight> drained = List.of();

    public BrokerWorker(SessionContext session, Actor actor, Admission admission, Node node) {
        super(session, actor, admission);
        var backoff = new Backoff(
                session.env().random(),
                session.settings().reconnectBackoffNanos(),
                session.settings().reconnectBackoffMaxNanos());
        var refused = Backoff.afterRefusals(
                session.env().random(),
                session.settings().reconnectBackoffNanos(),
                session.settings().reconnectBackoffMaxNanos());
        this.link = new BrokerLink(session.env(), actor, session.connection(), backoff, refused, node, this);
        Runnable signal = this::signal;
        this.preparation = new Preparation(actor, session.pool(), session.compressor(), signal);
        this.sequencer = new Sequencer(session, this, endings);
        this.settlement = new Settlement(session, this, sequencer, endings);
        this.places = new QueuePlaces(session, actor, this, preparation, sequencer, signal);
        this.ready = places.ready();
    }

    // ---- any thread ----

    @Override
    public void hurry() {
        if (!hurryAsked.getAndSet(true)) {
            boolean signalled = false;
            try {
                signal();
                signalled = true;
            } finally {
                if (!signalled) {
                    hurryAsked.set(false); // no memory: who asks next signals (F76)
                }
            }
        }
    }

    /** Where the broker is now. */
    public void setNode(Node node, ClusterView view) {
        actor.post(() -> link.setNode(node, view.clusterId(), view.toldBy()));
    }

    /** Closes the connection, and ends. Every queue must have been aborted or handed over before. */
    public void close() {
        actor.post(() -> {
            link.close("the producer is closed");
            actor.retire();
        });
    }

    // ---- the pass ----

    @Override
    protected void onLeaving(PartitionQueue queue) {
        ready.remove(queue);
    }

    @Override
    protected void work() {
        long now = session.env().nanos();
        places.takeDue(now);
        send();
        if (ready.isEmpty() && hurryAsked.getAndSet(false)) {
            hurryAll();
            send();
        }
        places.schedule();
    }

    @Override
    protected void onTouched(PartitionQueue queue, long nowNanos) {
        if (queue.lane.movingTo != null) {
            handOverSoon(queue);
        }
        places.sort(queue, nowNanos);
    }

    /** Nobody told this broker of the messages, that were counted elsewhere, and may have the room that somebody waits for. */
    @Override
    protected void onAdopted(PartitionQueue queue) {
        session.env().step(Step.CLOSED);
        hurryIfDue();
    }

    /** Lets nothing linger that came before it was asked: also what came in the midst of this pass, or cannot be looked at just now. */
    private void hurryAll() {
        if (!hearTouched()) {
            hurry(); // once more in the next pass, for the others
        }
        long now = session.env().nanos();
        for (int i = active.size() - 1; i >= 0; i--) { // backwards, for it may leave, and then the last takes its place
            places.hurry(active.get(i), now);
        }
    }

    // ---- sending ----

    private void send() {
        while (!ready.isEmpty() && calls.size() < session.settings().maxInFlightRequests()) {
            Connection connection = link.writable();
            if (connection == null) {
                link.need();
                return;
            }
            session.env().step(Step.CLOSED);
            ClusterView view = session.cluster().view(); // one for all of the request
            List<Flight> flights = drain(connection, view);
            if (flights.isEmpty()) {
                return;
            }
            session.env().step(Step.DRAINED);
            ProduceCall call = RequestAssembly.assemble(this, connection, session.settings(), view, flights);
            calls.add(call);
            drained = List.of();
            connection.send(call);
        }
    }

    /** The connection is given up, and every attempt ends as one of which nobody knows; what no request carried yet goes back. */
    @Override
    protected void recover(Throwable thrown) {
        String what = "met an error of this client: " + thrown;
        places.clear();
        List<Flight> unsent = drained;
        drained = List.of(); // before the calls are lost: what is thrown there comes here again
        tryOn(() -> link.giveUp(what));
        for (ProduceCall call = calls.poll(); call != null; call = calls.poll()) {
            List<Flight> flights = call.flights();
            tryOn(() -> settlement.lost(flights, true, what));
        }
        tryOn(() -> settlement.lost(unsent, false, what));
        hurry(); // somebody's may have been lost
        super.recover(thrown);
    }

    /** One step of a recovery; the others are made whatever is thrown in it. */
    private void tryOn(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            actor.fault(thrown);
        }
    }

    /** Takes the head of each ready queue, in turn, as many as fit a request. */
    private List<Flight> drain(Connection connection, ClusterView view) {
        var flights = new ArrayList<Flight>();
        drained = flights;
        try {
            drainInto(flights, connection, view);
        } finally { // once for all of them: callers read that number
            admission().depart(messages(flights));
        }
        return flights;
    }

    private static int messages(List<Flight> flights) {
        int messages = 0;
        for (Flight flight : flights) {
            messages += flight.batch().messageCount();
        }
        return messages;
    }

    private void drainInto(List<Flight> flights, Connection connection, ClusterView view) {
        int budget = session.settings().maxRequestBytes()
                - RequestAssembly.REQUEST_OVERHEAD
                - session.settings().clientId().length() * 3;
        long now = session.env().nanos();
        for (int left = ready.size(); left > 0; left--) {
            PartitionQueue queue = ready.first();
            if (!queue.tryLockSoon()) {
                ready.remove(queue); // a caller appends just now: come back rather than wait
                ready.add(queue);
                signal();
                continue;
            }
            try {
                RecordBatch head = sendableHead(queue, now, view);
                if (head == null) {
                    continue;
                }
                int size = RequestAssembly.sizeOf(head);
                if (size > budget && !flights.isEmpty()) {
                    break;
                }
                budget -= size;
                flights.add(take(queue, head, connection, view, now));
                if (queue.lane.sequences != null) { // the next one may follow at once
                    places.sort(queue, now); // only now: what is thrown here must not lose the flight
                }
            } finally {
                queue.unlock();
            }
        }
    }

    /** The batch to send, or null after the queue was put where it belongs. */
    private @Nullable RecordBatch sendableHead(PartitionQueue queue, long nowNanos, ClusterView view) {
        boolean hadClosed = queue.hasClosed();
        RecordBatch head = queue.lane.movingTo == null
                ? sequencer.next(queue, nowNanos, QueuePlaces.isHurried(queue), view)
                : null;
        if (head != null) {
            queue.lane.isHurried &= hadClosed; // else it is the one that was open until now
            preparation.renew(queue, head);
            if (head.state() == RecordBatch.State.READY && head.recordCount() > 0) {
                return head;
            }
        }
        ready.remove(queue);
        if (head != null && head.recordCount() == 0) {
            dropEmpty(queue, head);
        }
        places.rest(queue, nowNanos);
        return null;
    }

    /** A batch of which every message was cancelled: each has its report already. */
    private void dropEmpty(PartitionQueue queue, RecordBatch batch) {
        DeliveryException cancelled = Failures.cancelled(batch, session.env().nanos());
        Admission charged = queue.admission(); // of now: it is in the queue no more, and does not move with it
        queue.take(batch);
        post(() -> {
            try {
                endings.fail(queue, batch, charged, cancelled);
            } finally {
                touched(queue);
            }
        });
    }

    /** What may throw comes before the batch is taken out: until it is in the flights, nobody would put it back. */
    private Flight take(
            PartitionQueue queue, RecordBatch batch, Connection connection, ClusterView view, long nowNanos) {
        ready.remove(queue);
        var flight = new Flight(queue, batch, queue.admission(), connection);
        sequencer.depart(queue, batch, view);
        attribute(batch.clock(), batch, nowNanos);
        queue.take(batch);
        queue.lane.depart(batch);
        batch.drain(nowNanos);
        return flight;
    }

    /** Says what the time in the queue was spent on, when it was not for want of messages. Once: with the first attempt that time is over. */
    private void attribute(PhaseClock clock, RecordBatch batch, long nowNanos) {
        if (batch.outcome().attempts() > 0) {
            return;
        }
        long since = batch.acceptedNanos();
        clock.move(TimeSpent.Phase.QUEUE, TimeSpent.Phase.CONNECTION, link.downSince(since), nowNanos);
        clock.move(TimeSpent.Phase.QUEUE, TimeSpent.Phase.THROTTLE, link.throttledSince(since), nowNanos);
    }

    // ---- replies ----

    @Override
    public void onAnswer(ProduceCall call, ProduceResponse answer) {
        if (!calls.remove(call)) { // ended after an error; twice would free what a request carries (CVE-2026-35554)
            return;
        }
        guarded(() -> {
            settlement.answered(call, answer);
            if (answer.throttleMillis() > 0) {
                link.throttle(answer.throttleMillis() * 1_000_000L);
            }
            link.onReplied(answer.isAll(ErrorCode.NOT_LEADER_OR_FOLLOWER));
        });
        signal();
    }

    @Override
    public void onSent(ProduceCall call) {
        if (!calls.remove(call)) { // as in onAnswer
            return;
        }
        guarded(() -> settlement.sent(call));
        signal();
    }

    @Override
    public void onCallLost(ProduceCall call, ConnectionLoss loss) {
        if (!calls.remove(call)) { // the recovery from an error in the loss of one call ends the others, too
            return;
        }
        guarded(() -> settlement.lost(call.flights(), call.anyByteWritten(), "was lost: " + loss.message()));
    }

    @Override
    public void onLinkWritable() {
        signal();
    }

    @Override
    public void onLinkLost(ConnectionLoss loss) {
        if (loss.kind() == ConnectionLoss.Kind.REBOOTSTRAP_REQUIRED) {
            session.cluster().rebootstrap();
        } else if (loss.kind() != ConnectionLoss.Kind.IDLE) {
            session.cluster().refresh();
        }
        signal();
    }

    @Override
    public void onRefused(ConnectionLoss loss) {
        guarded(() -> refuseAll(loss, describe()));
    }

    @Override
    protected boolean isServed() {
        return link.isOpenOrOpening();
    }

    @Override
    public void onAnotherCluster() {
        session.cluster().rebootstrap();
    }

    // ---- for the settlement ----

    /** The connection there is, or null. */
    @Nullable
    Connection connection() {
        return link.connection();
    }

    /** An attempt of the queue has ended. */
    void proceedWith(PartitionQueue queue, long nowNanos) {
        if (!tryHandOver(queue)) {
            places.sortAgain(queue, nowNanos);
        }
    }

    /** Nothing of the queue is sent for that long; other partitions go on. */
    void backOff(PartitionQueue queue, long delayNanos) {
        queue.lane.isBackingOff = true;
        ready.remove(queue); // where the batch behind the one that came back may have brought it
        actor.after(delayNanos, () -> {
            if (queue.owner() == this && queue.lane.isBackingOff) {
                queue.lane.isBackingOff = false;
                touched(queue);
            }
        });
    }

    /**
     * Leaves the connection, once what is in flight is answered: each answer says that nothing was written, and the loss of the connection would
     * leave that open. The next one agrees on versions anew.
     */
    void reconnect(String why) {
        Connection now = link.connection();
        post(() -> {
            if (now != null && now == link.connection()) {
                link.leave(why);
            }
        });
    }

    /** Messages have come that no caller brought. */
    void hurryIfDue() {
        if (admission().isHurry()) {
            hurry();
        }
    }

    void setTrouble(String what) {
        link.setTrouble(what);
    }

    String describe() {
        return link.node().toString();
    }

    // ---- time and stop ----

    @Override
    protected void failInFlight(PartitionQueue queue, Predicate<RecordBatch> which, Cause cause) {
        if (queue.lane.inFlight().isEmpty()) {
            return;
        }
        long now = session.env().nanos();
        for (ProduceCall call : calls) {
            for (Flight flight : call.flights()) {
                RecordBatch batch = flight.batch();
                if (flight.queue() == queue && batch.state() == RecordBatch.State.IN_FLIGHT && which.test(batch)) {
                    endings.failAttempted(flight, cause.of(batch, now));
                }
            }
        }
    }

    @Override
    protected Standing standing(RecordBatch batch, long nowNanos) {
        PhaseClock clock = batch.clock().copy();
        attribute(clock, batch, nowNanos);
        String trouble =
                batch.state() == RecordBatch.State.IN_FLIGHT ? describe() + " has not answered" : link.trouble();
        return new Standing(describe(), trouble, clock.read(nowNanos));
    }

    @Override
    public String toString() {
        return "the worker for " + link.node();
    }
}
