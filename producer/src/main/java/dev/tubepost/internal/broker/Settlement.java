package dev.tubepost.internal.broker;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.LeaderHint;
import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.delivery.Attempt;
import dev.tubepost.internal.delivery.Judge;
import dev.tubepost.internal.delivery.Verdict;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.ProduceResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts: what the reply or the loss of the connection means for each batch that a request carried. <em>Confined to the worker's
 * actor.</em> A batch that already has its outcome (its time was over while it was in flight) only gives its buffers back here.
 */
final class Settlement {

    private static final Log LOG = Log.of("dev.tubepost.broker");

    private final SessionContext session;
    private final Judge judge;
    private final BrokerWorker worker;
    private final Sequencer sequencer;
    private final Endings endings;
    private final Refund refund = new Refund();
    private boolean toldOfCorruption;
    /** When the reply came that is being settled: one for all of its batches. */
    private long now;

    Settlement(SessionContext session, BrokerWorker worker, Sequencer sequencer, Endings endings) {
        this.sequencer = sequencer;
        this.endings = endings;
        this.session = session;
        this.judge = new Judge(session.settings().maxRetries());
        this.worker = worker;
    }

    /** A reply came. */
    void answered(ProduceCall call, ProduceResponse response) {
        Answers answers;
        Map<Flight, LeaderHint> hints;
        ClusterView before;
        try {
            answers = new Answers(response, call.namesById());
            hints = hints(call, answers, response.nodeEndpoints());
            before = session.cluster().view();
            if (!hints.isEmpty()) {
                session.cluster().hints(List.copyOf(hints.values()));
            }
        } catch (Throwable thrown) { // no memory, or a mistake of ours
            lost(call.flights(), true, "met an error of this client: " + thrown);
            throw thrown;
        }
        each(call.flights(), flight -> {
            ProduceResponse.Partition answer = answers.of(flight);
            if (answer == null) {
                judge(flight, noAnswer(flight, true, true), null, "left the partition out of its reply");
            } else {
                LeaderHint hint = hints.get(flight);
                boolean newLeader = hint != null && hint.isNewTo(before);
                tellOfMistakes(call, flight, answer);
                judge(flight, answer(flight, answer, newLeader), answer, ErrorText.answered(answer.errorCode()));
            }
        });
    }

    /** What the broker says is a mistake of this client is logged with what helps to find it, and without what was sent. */
    private void tellOfMistakes(ProduceCall call, Flight flight, ProduceResponse.Partition answer) {
        RecordBatch batch = flight.batch();
        if (answer.errorCode() == ErrorCode.INVALID_REQUEST.code()) {
            LOG.warn(
                    "{} finds a request invalid: Produce version {} with {} batches, acks {}, among them {} with {} records in {} bytes",
                    worker.describe(),
                    call.version(),
                    call.flights().size(),
                    session.settings().acks(),
                    flight.queue(),
                    batch.recordCount(),
                    batch.wireBytes());
        }
        if (answer.errorCode() == ErrorCode.CORRUPT_MESSAGE.code() && !toldOfCorruption && !batch.isSound()) {
            toldOfCorruption = true;
            LOG.error(
                    "a batch for {} with {} records in {} bytes was changed in memory after it was sealed: a bug of this client, or bad"
                            + " memory; such batches fail",
                    flight.queue(),
                    batch.recordCount(),
                    batch.wireBytes());
        }
    }

    /** With acks 0: the kernel took the request's last byte. */
    void sent(ProduceCall call) {
        each(call.flights(), flight -> {
            endings.finish(
                    flight.batch(),
                    flight.charged(),
                    reported -> session.reporter().sent(flight.batch(), now, reported));
            worker.proceedWith(flight.queue(), now);
        });
    }

    /**
     * No answer will come.
     *
     * @param anyByteWritten whether the broker may have them
     */
    void lost(List<Flight> flights, boolean anyByteWritten, String what) {
        each(flights, flight -> judge(flight, noAnswer(flight, anyByteWritten, false), null, what));
    }

    /** Ends the attempt of each, whatever is thrown for one of them; that one is judged as lost. */
    private void each(List<Flight> flights, Consumer<Flight> end) {
        now = session.env().nanos();
        Throwable first = null;
        for (Flight flight : flights) {
            try {
                land(flight);
                if (flight.batch().state() == RecordBatch.State.DONE) {
                    release(flight);
                } else {
                    end.accept(flight);
                }
            } catch (Throwable thrown) {
                first = first == null ? thrown : first;
                judgeLost(flight, thrown);
            }
        }
        refund.pay();
        if (first != null) {
            throw new IllegalStateException("an attempt could not be ended as it should", first);
        }
    }

    /** What is thrown here ends nothing: there are others behind this one. */
    private void judgeLost(Flight flight, Throwable why) {
        try {
            if (flight.batch().state() == RecordBatch.State.IN_FLIGHT) {
                judge(flight, noAnswer(flight, true, false), null, "met an error of this client: " + why);
            }
        } catch (Throwable again) {
            if (again != why) {
                why.addSuppressed(again);
            }
        }
    }

    /** The request that carried the batch is over. */
    private static void land(Flight flight) {
        flight.queue().lane.land(flight.batch());
        flight.batch().uncarry();
    }

    private void release(Flight flight) {
        flight.charged().releaseBytes(flight.batch().tryFree(session.pool()));
        worker.proceedWith(flight.queue(), now);
    }

    private Attempt answer(Flight flight, ProduceResponse.Partition answer, boolean newLeader) {
        RecordBatch batch = flight.batch();
        ErrorCode error = ErrorCode.of(answer.errorCode());
        return new Attempt(
                error,
                true,
                true,
                session.settings().acks(),
                error != ErrorCode.NONE && answer.baseOffset() >= 0,
                batch.hasUnknownAttempt(),
                batch.countedAttempts(),
                batch.recordCount(),
                batch.stamp() != null,
                false,
                newLeader,
                alike(batch, error),
                error != ErrorCode.CORRUPT_MESSAGE || batch.isSound());
    }

    private static int alike(RecordBatch batch, ErrorCode error) {
        return switch (error.reaction()) {
            case CHECK -> batch.corruptAnswers();
            case RECONNECT -> batch.versionRefusals();
            default -> 0;
        };
    }

    private Attempt noAnswer(Flight flight, boolean anyByteWritten, boolean omitted) {
        RecordBatch batch = flight.batch();
        return new Attempt(
                ErrorCode.NONE,
                false,
                anyByteWritten,
                session.settings().acks(),
                false,
                batch.hasUnknownAttempt(),
                batch.countedAttempts(),
                batch.recordCount(),
                batch.stamp() != null,
                omitted,
                false,
                0,
                true);
    }

    private void judge(Flight flight, Attempt attempt, ProduceResponse.@Nullable Partition answer, String what) {
        Verdict verdict = judge.judge(attempt);
        if (verdict instanceof Verdict.Delivered delivered) {
            deliver(flight, delivered, answer);
        } else if (verdict instanceof Verdict.Retry retry) {
            retry(flight, retry, attempt, what);
        } else if (verdict instanceof Verdict.OutOfSequence refused) {
            outOfSequence(flight, refused, what);
        } else if (verdict instanceof Verdict.Split) {
            split(flight, what);
        } else if (verdict instanceof Verdict.Failed failed) {
            fail(flight, failed, attempt, answer, what);
        }
        worker.proceedWith(flight.queue(), now);
    }

    private void deliver(Flight flight, Verdict.Delivered delivered, ProduceResponse.@Nullable Partition answer) {
        long offset = delivered.offsetKnown() && answer != null ? Math.max(-1, answer.baseOffset()) : -1;
        long appendMillis = answer == null ? -1 : answer.logAppendTimeMillis();
        List<RecordBatch> implied = sequencer.acknowledged(flight, offset, now);
        try {
            deliverImplied(flight, implied, 0);
        } finally {
            deliver(flight.batch(), flight, offset, appendMillis);
            flight.queue().batchLimit().taken(now);
        }
    }

    /** Nobody else knows of them any more, so each has its outcome, whatever is thrown for one of them. */
    private void deliverImplied(Flight flight, List<RecordBatch> implied, int from) {
        if (from == implied.size()) {
            return;
        }
        try {
            flight.charged().depart(implied.get(from).messageCount());
            deliver(implied.get(from), flight, -1, -1);
        } finally {
            deliverImplied(flight, implied, from + 1);
        }
    }

    private void deliver(RecordBatch batch, Flight flight, long offset, long appendMillis) {
        Admission charged = flight.charged();
        int messages = batch.messageCount();
        try {
            if (!session.reporter().delivered(batch, offset, appendMillis, now, () -> charged.reported(messages))) {
                refund.add(charged, batch.generation(), messages);
            }
        } finally {
            refund.add(charged, batch.tryFree(session.pool()));
        }
    }

    private void retry(Flight flight, Verdict.Retry retry, Attempt attempt, String what) {
        RecordBatch batch = flight.batch();
        switch (attempt.error().reaction()) {
            case CHECK -> batch.foundCorrupt();
            case RECONNECT -> batch.foundOfUnknownVersion();
            default -> {}
        }
        boolean atOnce =
                attempt.omitted() && batch.failedAttempts() == 0; // F25; if that goes on, it is one trouble like others
        putBack(flight, retry.unknown(), retry.counts(), what);
        sequencer.disturbed(flight.queue());
        if (retry.refresh()) {
            session.cluster().refresh();
        }
        if (retry.reconnect()) {
            worker.reconnect("the broker " + what);
        }
        if (!atOnce) {
            backOff(flight);
        }
    }

    private void outOfSequence(Flight flight, Verdict.OutOfSequence refused, String what) {
        putBack(flight, false, false, what);
        if (sequencer.outOfSequence(flight, refused.foreign())) {
            backOff(flight);
        }
    }

    private void split(Flight flight, String what) {
        flight.batch().markTooLarge();
        flight.queue().batchLimit().refused(flight.batch().recordBytes(), now);
        putBack(flight, false, false, what);
        sequencer.tooLarge(flight.queue());
    }

    private void putBack(Flight flight, boolean unknown, boolean counts, String what) {
        RecordBatch batch = flight.batch();
        PartitionQueue queue = flight.queue();
        worker.setTrouble("the last attempt " + what);
        batch.clock().enter(TimeSpent.Phase.BACKOFF, now);
        queue.lock();
        try {
            batch.backToReady(unknown, counts);
            flight.charged().depart(-batch.messageCount());
            queue.putBack(batch);
        } finally {
            queue.unlock();
        }
        worker.hurryIfDue(); // it counts among those that wait again
    }

    private void backOff(Flight flight) {
        long delay = Backoff.delayNanos(
                session.env().random(),
                session.settings().retryBackoffNanos(),
                session.settings().retryBackoffMaxNanos(),
                flight.batch().failedAttempts() - 1);
        worker.backOff(flight.queue(), delay);
    }

    private void fail(
            Flight flight,
            Verdict.Failed failed,
            Attempt attempt,
            ProduceResponse.@Nullable Partition answer,
            String what) {
        DeliveryException whole = Failures.refused(
                flight.batch(),
                worker.describe(),
                attempt.error(),
                answer == null ? null : ErrorText.detail(answer),
                failed.maybeWritten(),
                failed.retriable(),
                what,
                now);
        DeliveryException cause =
                answer == null ? whole : Blame.of(flight.batch(), worker.describe(), answer, whole, now);
        endings.failAttempted(flight, cause);
    }

    /** The leaders that the reply names (KIP-951), of the topics that were meant. */
    private static Map<Flight, LeaderHint> hints(
            ProduceCall call, Answers answers, List<ProduceResponse.NodeEndpoint> endpoints) {
        if (!answers.nameLeaders()) {
            return Map.of();
        }
        Map<Flight, LeaderHint> hints = new LinkedHashMap<>();
        Map<String, UUID> ids = call.idsByName();
        for (Flight flight : call.flights()) {
            ProduceResponse.Partition answer = answers.of(flight);
            if (answer != null && answer.leaderId() >= 0) {
                String topic = flight.queue().topic();
                var hint = new LeaderHint(
                        topic,
                        ids.getOrDefault(topic, TopicView.NO_ID),
                        flight.queue().partition(),
                        answer.leaderId(),
                        answer.leaderEpoch(),
                        node(answer.leaderId(), endpoints));
                hints.put(flight, hint);
            }
        }
        return hints;
    }

    private static @Nullable Node node(int id, List<ProduceResponse.NodeEndpoint> endpoints) {
        for (ProduceResponse.NodeEndpoint endpoint : endpoints) {
            if (endpoint.nodeId() == id && Node.isSensible(id, endpoint.host(), endpoint.port())) {
                return new Node(endpoint.nodeId(), endpoint.host(), endpoint.port());
            }
        }
        return null;
    }
}
