package dev.tubepost.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.Arrival;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.BroughtBuffer;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.internal.report.Reporter;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.RecordFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every owner of queues does, whatever is thrown while it does it. */
final class QueueOwnerTest {

    private static final long DELIVERY_NANOS = 10_000_000_000L;
    private static final long LINGER_NANOS = 1_000_000;
    private static final byte[] VALUE = new byte[1_000];
    private static final int RECORD = RecordFormat.maxSize(null, VALUE, PartitionQueue.noHeaders());

    private final ManualWorld env = new ManualWorld();
    private final MemoryBound memory = new MemoryBound(1_000_000, () -> {});
    private final BufferPool pool = new BufferPool();
    private final QueueLimits limits = new QueueLimits(VALUE.length, LINGER_NANOS, DELIVERY_NANOS, 1);

    @SuppressWarnings("NullAway") // nobody asks for the cluster
    private final SessionContext session = new SessionContext(
            env,
            null,
            new Connection.Settings("client", "tubepost", "1", 1, 1, 1, 1, 1, null, null, null),
            new ProduceSettings("client", (short) 1, 1, 1_000_000, 1, 1, 1, 1, 1, 1),
            limits,
            pool,
            new Reporter(env, null, null),
            null,
            null,
            1_000_000);

    private final Owner owner = new Owner(session, env, memory);
    private final PartitionQueue queue = queue(0);

    @Test
    void eachBatchFailsThoughTheFailureOfOneThrows() {
        List<RecordBatch> batches = appendBatches(3);
        var calls = new AtomicInteger();
        owner.failAll(queue, batch -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("a mistake");
            }
            return cutOff(batch);
        });
        assertThat(batches).allMatch(batch -> batch.outcome().state() == BatchOutcome.State.FAILED);
        assertThat(env.faults).hasSize(1);
        assertThat(owner.admission().grantedMessages()).isZero();
    }

    @Test
    void aBatchThatCannotBeFailedStaysInItsPlaceAndTheOthersFail() {
        List<RecordBatch> batches = appendBatches(3);
        assertThatThrownBy(() -> owner.failAll(queue, batch -> {
                    if (batch != batches.get(2)) {
                        throw new IllegalStateException("a mistake");
                    }
                    return cutOff(batch);
                }))
                .hasMessageContaining("could not be failed");
        assertThat(batches.get(2).outcome().state()).isEqualTo(BatchOutcome.State.FAILED);
        assertThat(closed()).containsExactlyElementsOf(batches.subList(0, 2));
        owner.failAll(queue, this::cutOff);
        assertThat(owner.admission().grantedMessages()).isZero();
    }

    @Test
    void whatCannotBeProducedFailsWithTheBrokersErrorAndWhatToDo() {
        RecordBatch batch = appendBatches(1).get(0);
        owner.active.add(queue);
        var refusal =
                new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, "b1 refused the topic", "Ask for the right.", false);
        owner.refuse(queue, refusal);
        env.run();
        assertThat(Objects.requireNonNull(batch.outcome().failure(0)))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("topic-0 was not acknowledged: b1 refused the topic")
                .hasMessageEndingWith("Ask for the right.")
                .satisfies(failure -> {
                    assertThat(failure.errorName()).isEqualTo("TOPIC_AUTHORIZATION_FAILED");
                    assertThat(failure.isRetriable()).isFalse();
                });
    }

    @Test
    void whatIsLeftOfAPartitionThatIsGoneMayBeProducedAgain() {
        RecordBatch batch = appendBatches(1).get(0);
        owner.active.add(queue);
        owner.refuse(queue, new Refusal(ErrorCode.NONE, "the partition is gone", "Produce it again.", true));
        env.run();
        assertThat(Objects.requireNonNull(batch.outcome().failure(0)))
                .isInstanceOf(MessageRejectedException.class)
                .satisfies(failure -> {
                    assertThat(failure.errorCode()).isZero();
                    assertThat(failure.isRetriable()).isTrue();
                });
    }

    @Test
    void aQueueThatHasGoneIsNotHandedOverForItsNextOwner() {
        var next = new Owner(session, env, memory);
        var third = new Owner(session, env, memory);
        owner.handOverSoon(queue);
        queue.moveTo(next);
        queue.lane.movingTo = third; // the next owner's to do
        env.run();
        assertThat(queue.owner()).isSameAs(next);
    }

    @Test
    void theExpiryLooksWhenTheOldestIsDueAlsoIfAYoungerOneIsInFlight() {
        RecordBatch old = appendBatches(1).get(0);
        env.nanos += 4_000_000_000L;
        RecordBatch young = appendBatches(1).get(0);
        queue.lock();
        queue.take(young);
        queue.unlock();
        queue.lane.depart(young);
        owner.active.add(queue);
        new ExpiryWatch(session, env, () -> {}).schedule(owner.active);
        assertThat(env.delays).containsExactly(DELIVERY_NANOS - (env.nanos - old.acceptedNanos()));
    }

    @Test
    void anOverdueQueueDoesNotPutOffTheExpiryHoweverOftenItIsTouched() {
        appendBatches(1);
        env.nanos += DELIVERY_NANOS + 1;
        for (int i = 0; i < 3; i++) {
            owner.touched(queue);
            env.run();
            env.nanos += 10_000_000;
        }
        assertThat(env.delays).hasSize(1);
    }

    @Test
    void isHeardOfThoughAPassCouldNotBeAskedForBefore() {
        env.failNextPost();
        assertThatThrownBy(() -> owner.touched(queue)).isInstanceOf(InternalError.class);
        append();
        owner.touched(queue);
        env.run();
        assertThat(queue.lane.activeIndex).isZero();
    }

    @Test
    void asksForAPassAgainWhileTheThreadForItCouldNotBeHad() {
        env.hasThread = false;
        owner.touched(queue);
        owner.touched(queue);
        assertThat(env.waiting()).isEqualTo(2);
        env.hasThread = true;
        owner.touched(queue);
        assertThat(env.waiting()).isEqualTo(2);
    }

    @Test
    void aQueueThatIsForgottenByTheLineMayLingerAgain() {
        var line = new LingerLine(env, env, () -> {});
        appendBatches(1);
        append();
        queue.lock();
        line.join(queue, queue.openDueNanos());
        queue.unlock();
        assertThat(queue.lane.inLinger).isTrue();
        line.clear(owner);
        assertThat(queue.lane.inLinger).isFalse();
    }

    @Test
    void theLineDoesNotTouchWhatIsSomebodyElses() {
        var line = new LingerLine(env, env, () -> {});
        append();
        queue.lock();
        line.join(queue, queue.openDueNanos());
        queue.unlock();
        line.clear(new Owner(session, env, memory));
        assertThat(queue.lane.inLinger).isTrue();
    }

    @Test
    void theFirstToBeDueLeavesTheLineFirstWhoeverJoinedBefore() {
        List<PartitionQueue> due = new ArrayList<>();
        var line = new LingerLine(env, env, () -> {});
        List<PartitionQueue> queues = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queues.add(queue(i));
            env.nanos += 10;
            append(queues.get(i));
        }
        for (int i : new int[] {1, 3, 0, 4, 2}) {
            queues.get(i).lock();
            line.join(queues.get(i), queues.get(i).openDueNanos());
            queues.get(i).unlock();
        }
        line.schedule();
        assertThat(env.delays).containsExactly(LINGER_NANOS - 40);
        env.nanos += LINGER_NANOS - 10; // all but the last are due
        for (PartitionQueue next = line.takeDue(owner, env.nanos); next != null; ) {
            due.add(next);
            next = line.takeDue(owner, env.nanos);
        }
        assertThat(due).containsExactlyElementsOf(queues.subList(0, 4));
        assertThat(line.takeDue(owner, env.nanos + 10)).isSameAs(queues.get(4));
    }

    private DeliveryException cutOff(RecordBatch batch) {
        return Failures.cutOff(
                batch, standingOf(batch, env.nanos()), CutOff.timeOver("the test was over"), env.nanos());
    }

    private static Standing standingOf(RecordBatch batch, long nowNanos) {
        return new Standing("b1", "b1 is away", batch.clock().read(nowNanos));
    }

    private List<RecordBatch> appendBatches(int count) {
        List<RecordBatch> before = closed();
        for (int i = 0; i < count; i++) {
            append();
            queue.lock();
            queue.closeIfDue(env.nanos, true);
            queue.unlock();
        }
        List<RecordBatch> batches = closed();
        batches.removeAll(before);
        assertThat(batches).hasSize(count);
        return batches;
    }

    private void append() {
        append(queue);
    }

    private void append(PartitionQueue queue) {
        assertThat(owner.admission().tryAdmitOne(0)).isTrue();
        assertThat(queue.giveCredit(owner.admission(), 1)).isTrue();
        ByteBuffer buffer = pool.take(2_048);
        assertThat(owner.admission().tryCharge(buffer.capacity())).isTrue();
        var brought = new BroughtBuffer();
        brought.bring(buffer, owner.admission());
        assertThat(queue.tryAppend(null, VALUE, PartitionQueue.noHeaders(), 0, RECORD, null, Arrival.NOW, brought))
                .isIn(PartitionQueue.Append.DONE, PartitionQueue.Append.DONE_TELL);
    }

    private PartitionQueue queue(int partition) {
        var limit = new BatchLimit(RECORD, RECORD);
        return new PartitionQueue("topic", partition, limits, limit, new FlushLedger(), env, owner, null);
    }

    private List<RecordBatch> closed() {
        List<RecordBatch> closed = new ArrayList<>();
        queue.lock();
        queue.closedBatches().forEach(closed::add);
        queue.unlock();
        return closed;
    }

    /** An owner that sends nothing. */
    private static final class Owner extends QueueOwner {

        Owner(SessionContext session, ManualWorld env, MemoryBound memory) {
            super(session, env, new Admission(1_000, 1_000, memory, 1_000_000, from -> {}));
        }

        @Override
        public void hurry() {}

        @Override
        protected void work() {}

        @Override
        protected void onTouched(PartitionQueue touched, long nowNanos) {}

        @Override
        protected boolean isServed() {
            return true;
        }

        @Override
        protected void onAdopted(PartitionQueue adopted) {}

        @Override
        protected void failInFlight(PartitionQueue of, Predicate<RecordBatch> which, Cause cause) {}

        @Override
        protected Standing standing(RecordBatch batch, long nowNanos) {
            return standingOf(batch, nowNanos);
        }
    }
}
