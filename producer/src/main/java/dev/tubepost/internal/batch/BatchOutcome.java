package dev.tubepost.internal.batch;

import dev.tubepost.DeliveryException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a batch: all that a message handle refers to, and never a buffer. <em>Thread-safe:</em> written once by the batch's
 * owner, published by {@link #state}.
 *
 * <p>A handle is an outcome and an index, so acknowledging a batch costs the same for one message and for a million. When a batch is
 * split, its outcome is that of its parts: they go by the same indices, each for a range of its own.
 */
public final class BatchOutcome {

    /** Where the batch stands. PENDING goes to exactly one of the others, once. */
    public enum State {
        PENDING,
        /** The kernel took the last byte, with acks 0: nobody acknowledged anything. */
        SENT,
        DELIVERED,
        FAILED
    }

    /** Somebody who waits for a message of the batch. */
    public abstract static class Waiter {
        private final int index;
        private @Nullable Waiter next;

        /**
         * @param index the message's index in the batch
         */
        protected Waiter(int index) {
            this.index = index;
        }

        /** Whether {@link #onDone} may run on any thread at once; otherwise it runs among the reports. */
        protected abstract boolean isDirect();

        /** The message has its outcome, or another place to wait for it ({@link Completion#moved}). May be called more than once. */
        protected abstract void onDone();

        public final int index() {
            return index;
        }
    }

    /** Takes a message out of its batch or backlog, as long as nothing was sent. */
    @FunctionalInterface
    public interface Canceller {
        /**
         * Takes it out and has it reported; false if it is too late.
         *
         * @param told run among the reports if the outcome is that of other messages, too, who go on
         */
        boolean cancel(int index, DeliveryException reason, Runnable told);
    }

    private static final int[] NONE = {};
    private static final VarHandle WAITERS;

    static {
        try {
            WAITERS = MethodHandles.lookup().findVarHandle(BatchOutcome.class, "waiters", Waiter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands in the place of the waiters once there can be no more. */
    private static final Waiter CLOSED = new Waiter(-1) {
        @Override
        protected boolean isDirect() {
            return true;
        }

        @Override
        protected void onDone() {}
    };

    /** What becomes of some messages of a failed batch, that is not what becomes of the others. Sorted by index. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Culprits(int[] indices, DeliveryException[] failures) {
        @Nullable
        DeliveryException of(int index) {
            int at = Arrays.binarySearch(indices, index);
            return at < 0 ? null : failures[at];
        }
    }

    private final String topic;
    private final int partition;
    private final int firstIndex;

    // Written before state.
    private long baseOffset = -1;
    private long appendMillis = -1;
    private @Nullable DeliveryException failure;
    private @Nullable Culprits culprits;

    /** The outcomes of the parts, by index, once the batch is split; then this one stays PENDING for ever. */
    private volatile BatchOutcome @Nullable [] parts;

    private volatile State state = State.PENDING;
    private volatile int attempts;
    private volatile @Nullable Waiter waiters;

    // Guarded by the queue's lock for writing; sorted, copied on write.
    private volatile int[] cancelled = NONE;
    private volatile @Nullable DeliveryException cancellation;
    private volatile @Nullable Canceller canceller;

    public BatchOutcome(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
        this.firstIndex = 0;
    }

    /** The outcome of messages that are just being handed over, and are nowhere yet: pending for ever, and nobody can wait for it. */
    public static BatchOutcome nowhere(String topic) {
        var outcome = new BatchOutcome(topic, -1);
        outcome.closeWaiters();
        return outcome;
    }

    /** A part, from an index on, up to another. */
    private BatchOutcome(BatchOutcome whole, int from, int to) {
        this.topic = whole.topic;
        this.partition = whole.partition;
        this.firstIndex = from;
        this.attempts = whole.attempts;
        this.cancellation = whole.cancellation;
        this.cancelled = Arrays.stream(whole.cancelled)
                .filter(index -> index >= from && index < to)
                .toArray();
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public State state() {
        return state;
    }

    /** The index of the first message. */
    int firstIndex() {
        return firstIndex;
    }

    /** How often the batch was sent. */
    public int attempts() {
        return attempts;
    }

    /** How often the message was sent. */
    public int attempts(int index) {
        return of(index).attempts;
    }

    /** The outcome of the part in which the message is; this one, if there are no parts. */
    public BatchOutcome of(int index) {
        BatchOutcome[] all = parts;
        if (all == null) {
            return this;
        }
        int at = all.length - 1;
        while (at > 0 && index < all[at].firstIndex) {
            at--;
        }
        return all[at].of(index);
    }

    /**
     * Splits the outcome: what becomes of the parts becomes of the messages from now on. Who waits for a message waits for its part.
     *
     * @param firstIndices the first message of each part; the first is this outcome's own first
     * @param end the index after the last message
     */
    BatchOutcome[] split(int[] firstIndices, int end) {
        var all = new BatchOutcome[firstIndices.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new BatchOutcome(this, firstIndices[i], i + 1 < all.length ? firstIndices[i + 1] : end);
        }
        canceller = null;
        parts = all;
        Waiter newest = (Waiter) WAITERS.getAndSet(this, CLOSED);
        Waiter oldest = null;
        while (newest != null) {
            Waiter next = newest.next;
            newest.next = oldest;
            oldest = newest;
            newest = next;
        }
        while (oldest != null) {
            Waiter next = oldest.next;
            of(oldest.index).await(oldest); // nobody ends a part before it has been sent
            oldest = next;
        }
        return all;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time sends a batch; many read
    void attempted() {
        attempts = attempts + 1;
    }

    /** Whether the message has its outcome. */
    public boolean isDone(int index) {
        return of(index).state != State.PENDING || isCancelled(index);
    }

    /** The message's offset, or -1. */
    public long offset(int index) {
        BatchOutcome part = of(index);
        if (part.state != State.DELIVERED || part.baseOffset < 0 || isCancelled(index)) {
            return -1;
        }
        return part.baseOffset + index - part.firstIndex - part.cancelledBefore(index);
    }

    /** The broker's timestamp in milliseconds since the epoch, if the topic uses log-append time; else -1. */
    public long appendMillis(int index) {
        BatchOutcome part = of(index);
        return part.state == State.DELIVERED ? part.appendMillis : -1;
    }

    /** Why the message failed, or null. */
    public @Nullable DeliveryException failure(int index) {
        if (isCancelled(index)) {
            return cancellation;
        }
        BatchOutcome part = of(index);
        if (part.state != State.FAILED) {
            return null;
        }
        DeliveryException own = part.blamed(index);
        return own == null ? part.failure : own;
    }

    /** Adds a waiter; false if the batch has its outcome already, and nothing will be called. */
    public boolean await(Waiter waiter) {
        Waiter head = waiters;
        while (head != CLOSED) {
            waiter.next = head;
            Waiter witness = (Waiter) WAITERS.compareAndExchange(this, head, waiter);
            if (witness == head) {
                return true;
            }
            head = witness;
        }
        return parts != null && of(waiter.index).await(waiter);
    }

    void delivered(long atOffset, long atMillis) {
        baseOffset = atOffset;
        appendMillis = atMillis;
        become(State.DELIVERED);
    }

    void sent() {
        become(State.SENT);
    }

    void failed(DeliveryException cause) {
        failure = cause;
        become(State.FAILED);
    }

    /**
     * Some messages of the batch are to fail for a reason of their own.
     *
     * @param indices of these messages, sorted
     */
    void blame(int[] indices, DeliveryException[] failures) {
        culprits = new Culprits(indices, failures);
    }

    /** The reason of its own for which the message fails, or null. */
    @Nullable
    DeliveryException blamed(int index) {
        Culprits some = culprits;
        return some == null ? null : some.of(index);
    }

    private void become(State next) {
        if (state != State.PENDING) {
            throw new IllegalStateException("the outcome is " + state + " already, not " + next);
        }
        canceller = null;
        state = next;
    }

    /** Releases the direct waiters; the others are given back for the reports, oldest first. */
    @Nullable
    Waiter closeWaiters() {
        Waiter newest = (Waiter) WAITERS.getAndSet(this, CLOSED);
        Waiter reports = null;
        while (newest != null && newest != CLOSED) {
            Waiter next = newest.next;
            if (newest.isDirect()) {
                newest.onDone();
            } else {
                newest.next = reports;
                reports = newest;
            }
            newest = next;
        }
        return reports;
    }

    static @Nullable Waiter next(Waiter waiter) {
        return waiter.next;
    }

    // ---- cancelled messages (N13) ----

    /** Who can take messages out; forgotten when the batch has its outcome. */
    public void setCanceller(Canceller by) {
        canceller = by;
    }

    /** Takes a message back ({@link Canceller#cancel}); false if it is too late. */
    public boolean tryCancel(int index, DeliveryException reason, Runnable told) {
        Canceller by = canceller;
        return by != null && by.cancel(index, reason, told);
    }

    /** Marks a message as cancelled, under the queue's lock; false if it has an outcome. */
    boolean cancel(int index, DeliveryException reason) {
        if (isDone(index)) {
            return false;
        }
        cancellation = reason;
        int[] more = Arrays.copyOf(cancelled, cancelled.length + 1);
        more[more.length - 1] = index;
        Arrays.sort(more);
        cancelled = more;
        return true;
    }

    /** The waiters of one message; others stay. */
    public void notifyCancelled(int index) {
        for (Waiter waiter = waiters; waiter != null && waiter != CLOSED; waiter = waiter.next) {
            if (waiter.index == index) {
                waiter.onDone();
            }
        }
    }

    public boolean isCancelled(int index) {
        int[] all = cancelled;
        return all.length > 0 && Arrays.binarySearch(all, index) >= 0;
    }

    /** The indices of the cancelled messages, sorted; never written again. */
    int[] cancelled() {
        return cancelled;
    }

    int cancelledCount() {
        return cancelled.length;
    }

    private int cancelledBefore(int index) {
        int[] all = cancelled;
        return all.length == 0 ? 0 : -Arrays.binarySearch(all, index) - 1;
    }
}
