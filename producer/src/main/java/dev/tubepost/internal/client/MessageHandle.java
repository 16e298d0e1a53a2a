package dev.tubepost.internal.client;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.queue.Ticket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message that was handed over: an outcome, and an index in it. <em>Thread-safe.</em> It refers to no buffer and to no producer, so it may
 * be kept. Each message that a caller wants to follow costs one of these, 32 bytes, and nothing else; what only some of them have is in
 * {@link FullMessageHandle}.
 *
 * <p>The outcome is never null, and always one that tells the truth about the message. Which one it is changes at most twice, before the
 * message is done:
 *
 * <pre>
 *   nowhere, its producer's ---------------------------> its batch's, shared with all messages there
 *                     \                                      ^
 *                      \----> its own, in a backlog --------/
 * </pre>
 *
 * <p>It is nowhere until {@code produce} returns, so nobody sees that but a debugger. In a backlog it may fail or be taken back, and keeps its own
 * outcome then; who waits for it there is told when it leaves, and waits on at its batch.
 */
sealed class MessageHandle<K, V> implements Message<K, V>, Ticket permits FullMessageHandle {

    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(MessageHandle.class, "outcome", BatchOutcome.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable V value;
    private final long timestamp;

    /** In the outcome; written before that, and read after it. */
    private int index;

    /** Written with release and read with acquire: by {@link #moveTo} and {@link #outcome} only. */
    private BatchOutcome outcome;

    /**
     * @param nowhere the pending outcome of those that are just handed over ({@link BatchOutcome#nowhere})
     */
    MessageHandle(BatchOutcome nowhere, @Nullable V value, long timestamp) {
        this.outcome = nowhere;
        this.value = value;
        this.timestamp = timestamp;
    }

    // ---- the way in ----

    /** The message is about to join a backlog. */
    final void onBacklog(BatchOutcome own) {
        moveTo(own, 0);
    }

    @Override
    public void onAppended(RecordBatch batch, int at) {
        moveTo(batch.outcome(), at);
    }

    /**
     * Release suffices, and a volatile write would cost each message a full fence under its queue's lock. Who sees the new outcome sees the index.
     * Who does not see it yet asks one where the message is pending, which is as true as before; and if he waits there, he is told: that place
     * is closed after this write, by an atomic operation that he meets.
     */
    private void moveTo(BatchOutcome next, int at) {
        index = at;
        OUTCOME.setRelease(this, next);
    }

    final BatchOutcome outcome() {
        return (BatchOutcome) OUTCOME.getAcquire(this);
    }

    /** Asked for after {@link #outcome}. Of an outcome that the message has left meanwhile it may be another's: all there are pending, for ever. */
    public final int index() {
        return index;
    }

    /** Hands out the delivery report, if one is asked for; the message has its outcome. Among the reports. */
    void postReport() {}

    // ---- the user's side ----

    @Override
    public final @Nullable V value() {
        return value;
    }

    @Override
    public @Nullable K key() {
        return null;
    }

    @Override
    public final String topic() {
        return outcome().topic();
    }

    @Override
    public final int partition() {
        return outcome().partition();
    }

    @Override
    public final long offset() {
        return outcome().offset(index);
    }

    @Override
    public final Instant timestamp() {
        long appended = outcome().appendMillis(index);
        return Instant.ofEpochMilli(appended >= 0 ? appended : timestamp);
    }

    @Override
    public final int attempts() {
        return outcome().attempts(index);
    }

    @Override
    public final boolean isDone() {
        return outcome().isDone(index);
    }

    @Override
    public final @Nullable DeliveryException failure() {
        return outcome().failure(index);
    }

    @Override
    public final CompletableFuture<Message<K, V>> delivered() {
        var future = new CompletableFuture<Message<K, V>>();
        listen(future, false);
        return future;
    }

    /** Completed with this message when it has its outcome, whatever that is, by whoever gives it that, without the detour of the reports. */
    final CompletableFuture<Message<K, V>> directly() {
        var done = new CompletableFuture<Message<K, V>>();
        listen(done, true);
        return done;
    }

    /** Completes the future when the message is done. It may move from one outcome to the next meanwhile, and is followed. */
    private void listen(CompletableFuture<Message<K, V>> future, boolean direct) {
        while (!isDone()) {
            BatchOutcome now = outcome();
            boolean waits = now.await(new FutureWaiter(index, future, direct));
            if (waits && !isDone()) { // looked at twice: whoever cancels tells only those who waited before
                return;
            }
        }
        complete(future, direct);
    }

    private void complete(CompletableFuture<Message<K, V>> future, boolean direct) {
        DeliveryException cause = direct ? null : failure();
        if (cause == null) {
            future.complete(this);
        } else {
            future.completeExceptionally(cause);
        }
    }

    @Override
    public final boolean await(Duration timeout) {
        return isDone() || CallerWait.await(directly(), CallerWait.nanos(timeout), "for a message");
    }

    @Override
    public final boolean cancel() {
        BatchOutcome now = outcome();
        int at = index;
        var cause = new MessageCancelledException(
                "the message for " + now.topic() + " was cancelled before it was sent",
                DeliveryException.Details.notSent(now.topic(), now.partition(), Duration.ZERO, TimeSpent.NONE),
                null);
        return now.tryCancel(at, cause, () -> {
            now.notifyCancelled(at);
            postReport();
        });
    }

    @Override
    public final String toString() {
        int chosen = partition();
        return "message for " + topic() + (chosen < 0 ? "" : "-" + chosen) + standing();
    }

    private String standing() {
        if (!isDone()) {
            return ", pending";
        }
        DeliveryException cause = failure();
        if (cause != null) {
            return ", failed: " + cause.getMessage();
        }
        long at = offset();
        return at >= 0 ? " at offset " + at : ", sent; nobody told its offset";
    }

    /** Completes a future: a user's among the reports, that of a synchronous produce at once. */
    private final class FutureWaiter extends BatchOutcome.Waiter {
        private final CompletableFuture<Message<K, V>> future;
        private final boolean direct;

        FutureWaiter(int index, CompletableFuture<Message<K, V>> future, boolean direct) {
            super(index);
            this.future = future;
            this.direct = direct;
        }

        @Override
        protected boolean isDirect() {
            return direct;
        }

        @Override
        protected void onDone() {
            listen(future, direct); // completes it, unless the message has only left its backlog
        }
    }
}
