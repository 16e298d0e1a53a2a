package dev.tubepost.internal.client;

import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.Arrival;
import dev.tubepost.internal.queue.BroughtBuffer;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Ticket;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages into partition queues: gets credits and buffers for them, and waits for these where the caller may. <em>Thread-safe, without
 * state of its own.</em>
 */
final class Appender {

    /** What became of a message at the door. */
    enum Result {
        APPENDED,
        /** There is no room, and the caller may not wait, or has waited long enough. */
        FULL,
        /** The session has stopped. */
        RETIRED
    }

    /** Instead of a time to wait: the message is let in whether there is room or not, since it was admitted elsewhere before. */
    private static final long ADMITTED = -1;

    private final Env env;
    private final BufferPool pool;
    private final Runnable hurryAll;
    private final BooleanSupplier mustNotWait;

    /**
     * @param hurryAll has every broker sent what there is for it
     * @param mustNotWait whether the calling thread is one that makes room
     */
    Appender(Env env, BufferPool pool, Runnable hurryAll, BooleanSupplier mustNotWait) {
        this.env = env;
        this.pool = pool;
        this.hurryAll = hurryAll;
        this.mustNotWait = mustNotWait;
    }

    /**
     * Appends a message.
     *
     * @param blockNanos how long to wait for room; 0 for not at all
     */
    Result append(
            PartitionQueue queue,
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers,
            long timestamp,
            int maxBytes,
            @Nullable Ticket ticket,
            long blockNanos) {
        PartitionQueue.Append first =
                queue.tryAppend(key, value, headers, timestamp, maxBytes, ticket, Arrival.NOW, null);
        if (first == PartitionQueue.Append.DONE) {
            return Result.APPENDED;
        }
        var room = new Room(queue, maxBytes, Arrival.NOW, blockNanos);
        return goOn(first, key, value, headers, timestamp, ticket, room);
    }

    /** Appends a message of a backlog, whether there is room or not: it was admitted there. */
    Result append(PartitionQueue queue, BacklogMessage message) {
        var arrival = new Arrival(message.acceptedNanos(), message.waitedNanos(), message.generation());
        var room = new Room(queue, message.maxBytes(), arrival, ADMITTED);
        byte[] key = message.key();
        byte[] value = message.value();
        RecordHeader[] headers = message.headers();
        PartitionQueue.Append first = room.tryAppend(key, value, headers, message.timestamp(), message.ticket());
        return first == PartitionQueue.Append.DONE
                ? Result.APPENDED
                : goOn(first, key, value, headers, message.timestamp(), message.ticket(), room);
    }

    /** Goes on from what came of the first attempt. */
    private Result goOn(
            PartitionQueue.Append first,
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers,
            long timestamp,
            @Nullable Ticket ticket,
            Room room) {
        PartitionQueue.Append result = first;
        try {
            while (true) {
                switch (result) {
                    case DONE, DONE_TELL -> {
                        env.step(Step.APPENDED);
                        room.onAppended(result);
                        return Result.APPENDED;
                    }
                    case RETIRED -> {
                        return Result.RETIRED;
                    }
                    case NO_CREDIT -> {
                        if (!room.credit()) {
                            return Result.FULL;
                        }
                    }
                    case NO_BUFFER -> {
                        if (!room.buffer()) {
                            return Result.FULL;
                        }
                    }
                }
                env.step(Step.ADMITTED);
                result = room.tryAppend(key, value, headers, timestamp, ticket);
            }
        } finally {
            room.takeBack();
        }
    }

    /** Waits for room in an admission, without a queue: for the backlog of a topic. */
    Wait admit(Admission admission, long bytes, TopicRoute route, long blockNanos) {
        if (admission.tryAdmitOne(bytes)) {
            return Wait.SERVED;
        }
        return blockNanos == 0 || mustNotWait.getAsBoolean()
                ? Wait.OVER
                : waitFor(admission, bytes, route, () -> route.open() != null, () -> {}, blockNanos);
    }

    /** How a wait for room ended. */
    enum Wait {
        SERVED,
        /** The queue has another admission now, or the topic has queues; nothing was given, and there may be room there. */
        MOVED,
        /** The time is over. */
        OVER
    }

    /**
     * @param place for which the room is
     * @param hasMoved whether that is somewhere else now
     * @param hurry has sent what may make room
     */
    private Wait waitFor(
            Admission admission, long bytes, Object place, BooleanSupplier hasMoved, Runnable hurry, long nanos) {
        var waiter = new CallerWaiter(bytes, place);
        admission.await(waiter);
        // After lining up: it may have moved before, and whoever moved it did not see this one.
        if (hasMoved.getAsBoolean() && admission.leave(waiter)) {
            return Wait.MOVED;
        }
        boolean inTime;
        try {
            hurry(admission, bytes, hurry);
            inTime = CallerWait.await(env, waiter.left, nanos, "for room in the queue; nothing was queued");
        } catch (Throwable e) { // interrupted, as a rule
            if (!admission.leave(waiter) && !waiter.wasDismissed()) {
                admission.giveBack(1, bytes);
            }
            throw e;
        }
        if (!inTime && admission.leave(waiter)) {
            return Wait.OVER;
        }
        return waiter.wasDismissed() ? Wait.MOVED : Wait.SERVED; // perhaps in the last moment
    }

    /** What others have of the session's memory may linger at any broker. */
    private void hurry(Admission admission, long bytes, Runnable hurry) {
        (admission.lacksMemory(bytes) ? hurryAll : hurry).run();
    }

    /** One message's way to credits and buffers. <em>Confined to the caller.</em> */
    private final class Room {
        private final PartitionQueue queue;
        private final int maxBytes;
        private final BroughtBuffer brought = new BroughtBuffer();
        private Arrival arrival;
        private long leftNanos;
        private boolean tookCredit;
        private boolean appended;

        Room(PartitionQueue queue, int maxBytes, Arrival arrival, long blockNanos) {
            this.queue = queue;
            this.maxBytes = maxBytes;
            this.arrival = arrival;
            this.leftNanos = blockNanos;
        }

        PartitionQueue.Append tryAppend(
                byte @Nullable [] key,
                byte @Nullable [] value,
                RecordHeader[] headers,
                long timestamp,
                @Nullable Ticket ticket) {
            return queue.tryAppend(key, value, headers, timestamp, maxBytes, ticket, arrival, brought);
        }

        boolean credit() {
            Admission admission = queue.admission();
            int credits = leftNanos == ADMITTED ? admission.admitAnyway() : admission.tryAdmit();
            if (credits == 0) {
                Wait wait = blockFor(admission, 0);
                if (wait != Wait.SERVED) {
                    return wait == Wait.MOVED;
                }
                credits = 1;
            }
            give(admission, credits);
            return true;
        }

        private void give(Admission admission, int credits) {
            tookCredit = true;
            if (queue.giveCredit(admission, credits)) {
                admission.given(credits);
            } else {
                admission.returnCredits(credits);
            }
        }

        /**
         * Hurries only now, when the message is in: a worker that is hurried earlier finds nothing, and lets what comes then linger. Who tells of a
         * queue asks, too, though his credit was another's: that one may have asked before the worker knew of the queue.
         */
        void onAppended(PartitionQueue.Append done) {
            appended = true;
            if (done == PartitionQueue.Append.DONE_TELL) {
                tell();
            }
            hurryIfDue();
        }

        /** The message is in, so that nothing may be thrown any more: without memory for it, the next one tells (F76). */
        private void tell() {
            try {
                queue.owner().touched(queue);
            } catch (OutOfMemoryError e) {
                queue.nobodyTold();
            }
        }

        private void hurryIfDue() {
            if (queue.admission().isHurry()) {
                try {
                    queue.owner().hurry();
                } catch (OutOfMemoryError e) {
                    // As above: the next one hurries (F76).
                }
            }
        }

        boolean buffer() {
            giveBackBuffer(); // of another size, or charged where the queue is no more
            Admission admission = queue.admission();
            int bytes = queue.bufferBytes(maxBytes);
            long charge = queue.charge(BufferPool.capacityFor(bytes));
            if (leftNanos == ADMITTED) {
                admission.chargeAnyway(charge);
            } else if (!admission.tryCharge(charge)) {
                bytes = maxBytes + RecordBatch.HEADER_BYTES;
                charge = queue.charge(BufferPool.capacityFor(bytes));
                if (!admission.tryCharge(charge)) {
                    Wait wait = blockFor(admission, charge);
                    if (wait != Wait.SERVED) {
                        return wait == Wait.MOVED;
                    }
                    give(admission, 1);
                }
            }
            brought.bring(take(admission, bytes, charge), admission);
            return true;
        }

        /**
         * Takes back what was brought and is not used: because another's message went before, or there was no room for all that this one needs.
         * Nobody else would come for it, and everybody else would wait for room that nothing is in.
         */
        void takeBack() {
            giveBackBuffer();
            if (tookCredit && !appended) { // else they are for the next messages
                giveBackCredits();
                hurryIfDue(); // another's message may have used one, and he did not ask
            }
        }

        private void giveBackCredits() {
            Admission admission;
            do {
                admission = queue.admission();
                admission.returnCredits(queue.takeCredits(admission));
            } while (queue.admission() != admission); // it has moved, with what it held
        }

        private void giveBackBuffer() {
            ByteBuffer unused = brought.takeBack();
            if (unused != null) {
                Admission charged = Objects.requireNonNull(brought.charged());
                charged.releaseBytes(queue.charge(unused.capacity()));
                pool.give(unused);
            }
        }

        private void hurryOwner() {
            queue.owner().hurry();
        }

        /** No memory for the buffer is the caller's error, and nobody else's room (F76). */
        private ByteBuffer take(Admission admission, int bytes, long charge) {
            try {
                return pool.take(bytes);
            } catch (OutOfMemoryError e) {
                admission.releaseBytes(charge);
                throw e;
            }
        }

        /**
         * Waits for a credit and so many bytes. Who stands in the line holds nothing: those before it may wait for just that. Who may not wait is refused,
         * and what fills the room does not linger either: the next one may find some. (And his message may have found a batch full, of which nobody knows.)
         */
        private Wait blockFor(Admission admission, long bytes) {
            if (leftNanos == 0 || mustNotWait.getAsBoolean()) {
                hurry(admission, bytes, this::hurryOwner);
                return Wait.OVER;
            }
            takeBack();
            long begin = env.nanos();
            try {
                return waitFor(
                        admission, bytes, queue, () -> queue.admission() != admission, this::hurryOwner, leftNanos);
            } finally {
                long spent = Math.max(1, env.nanos() - begin);
                arrival = arrival.afterWaiting(spent);
                leftNanos = Math.max(0, leftNanos - spent);
            }
        }
    }

    private static final class CallerWaiter extends Admission.Waiter {
        /** Completed when it has left the line. */
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        CallerWaiter(long bytes, Object place) {
            super(1, bytes, place);
        }

        @Override
        protected void onRoom() {
            left.complete(null);
        }

        @Override
        protected void onMoved() {
            left.complete(null);
        }
    }
}
