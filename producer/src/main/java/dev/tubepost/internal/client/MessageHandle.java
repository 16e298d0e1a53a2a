package dev.tubepost.internal.client;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryReport;
import dev.tubepost.Message;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Reportable;
import dev.tubepost.internal.queue.Ticket;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A message that was handed over: an outcome, and an index in it. <em>Thread-safe.</em> It refers to no buffer, so it may be kept.
 */
final class MessageHandle<K, V> implements Message<K, V>, Ticket, Reportable {

    /** Shared: taken only by those who ask for the future of a message that is in no batch yet. */
    private static final ReentrantLock UNBOUND = new ReentrantLock();

    private final ClientProducer<K, V> producer;
    private final @Nullable V value;
    private final @Nullable K key;
    private final long timestamp;
    private final @Nullable ReportQueue<K, V> reports;

    /** Written before outcome. */
    private int index;

    /** Null until the message is in a batch, or failed without one. */
    private volatile @Nullable BatchOutcome outcome;

    /** Completed when outcome is set; made only if somebody asks before. */
    private @Nullable CompletableFuture<BatchOutcome> bound;

    MessageHandle(
            ClientProducer<K, V> producer,
            @Nullable V value,
            @Nullable K key,
            long timestamp,
            @Nullable ReportQueue<K, V> reports) {
        this.producer = producer;
        this.value = value;
        this.key = key;
        this.timestamp = timestamp;
        this.reports = reports;
    }

    // ---- the way in ----

    @Override
    public void onAppended(RecordBatch batch, int at) {
        index = at;
        outcome = batch.outcome();
        if (reports != null) {
            batch.addReportable(this);
        }
    }

    @Override
    public long acceptedNanos() {
        return 0;
    }

    @Override
    public long waitedNanos() {
        return 0;
    }

    /** The message failed before it came into a batch. */
    void failAlone(BatchOutcome failed) {
        index = 0;
        outcome = failed;
        tellBound();
    }

    /** Tells those who asked before the message was in a batch. Not under a queue's lock. */
    void tellBound() {
        CompletableFuture<BatchOutcome> waiting;
        UNBOUND.lock();
        try {
            waiting = bound;
            bound = null;
        } finally {
            UNBOUND.unlock();
        }
        BatchOutcome known = outcome;
        if (waiting != null && known != null) {
            waiting.complete(known);
        }
    }

    private CompletableFuture<BatchOutcome> whenBound() {
        UNBOUND.lock();
        try {
            BatchOutcome known = outcome;
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            if (bound == null) {
                bound = new CompletableFuture<>();
            }
            return bound;
        } finally {
            UNBOUND.unlock();
        }
    }

    @Override
    public void report() {
        BatchOutcome known = outcome;
        if (known == null || !known.isCancelled(index)) { // else it had its report when it was taken back
            post();
        }
    }

    /** The message was taken back from its batch, and has its outcome before its neighbours. */
    void reportCancelled() {
        post();
    }

    private void post() {
        if (reports != null) {
            reports.add(new DeliveryReport<>(this, failure()));
        }
    }

    // ---- the user's side ----

    @Override
    public @Nullable V value() {
        return value;
    }

    @Override
    public @Nullable K key() {
        return key;
    }

    @Override
    public String topic() {
        return producer.topicName();
    }

    @Override
    public int partition() {
        BatchOutcome known = outcome;
        return known == null ? -1 : known.partition();
    }

    @Override
    public long offset() {
        BatchOutcome known = outcome;
        return known == null ? -1 : known.offset(index);
    }

    @Override
    public Instant timestamp() {
        BatchOutcome known = outcome;
        long appended = known == null ? -1 : known.appendMillis(index);
        return Instant.ofEpochMilli(appended >= 0 ? appended : timestamp);
    }

    @Override
    public int attempts() {
        BatchOutcome known = outcome;
        return known == null ? 0 : known.attempts(index);
    }

    @Override
    public boolean isDone() {
        BatchOutcome known = outcome;
        return known != null && known.isDone(index);
    }

    @Override
    public @Nullable DeliveryException failure() {
        BatchOutcome known = outcome;
        return known == null ? null : known.failure(index);
    }

    @Override
    public CompletableFuture<Message<K, V>> delivered() {
        var future = new CompletableFuture<Message<K, V>>();
        BatchOutcome known = outcome;
        if (known != null) {
            listen(known, future);
        } else {
            var unused = whenBound().thenAccept(later -> listen(later, future));
        }
        return future;
    }

    private void listen(BatchOutcome known, CompletableFuture<Message<K, V>> future) {
        if (known.isDone(index) || !known.await(new FutureWaiter(index, future)) || known.isDone(index)) {
            complete(future); // looked at twice: whoever cancels tells only those who waited before
        }
    }

    private void complete(CompletableFuture<Message<K, V>> future) {
        DeliveryException cause = failure();
        if (cause == null) {
            future.complete(this);
        } else {
            future.completeExceptionally(cause);
        }
    }

    /** Completed when the message has its outcome, by whoever gives it that, without the detour of the reports. */
    CompletableFuture<Void> directly() {
        var done = new CompletableFuture<Void>();
        var unused = whenBound().thenAccept(known -> {
            if (known.isDone(index) || !known.await(new DirectWaiter(index, done)) || known.isDone(index)) {
                done.complete(null);
            }
        });
        return done;
    }

    @Override
    public boolean cancel() {
        return producer.cancel(this);
    }

    @Nullable
    BatchOutcome outcome() {
        return outcome;
    }

    @Override
    public int index() {
        return index;
    }

    long timestampMillis() {
        return timestamp;
    }

    @Override
    public String toString() {
        return "message for " + topic() + "-" + partition() + (isDone() ? " at offset " + offset() : ", pending");
    }

    /** Completes a user's future, among the reports. */
    private final class FutureWaiter extends BatchOutcome.Waiter {
        private final CompletableFuture<Message<K, V>> future;

        FutureWaiter(int index, CompletableFuture<Message<K, V>> future) {
            super(index);
            this.future = future;
        }

        @Override
        protected boolean isDirect() {
            return false;
        }

        @Override
        protected void onDone() {
            complete(future);
        }
    }

    /** Releases a caller of a sync produce. */
    private static final class DirectWaiter extends BatchOutcome.Waiter {
        private final CompletableFuture<Void> done;

        DirectWaiter(int index, CompletableFuture<Void> done) {
            super(index);
            this.done = done;
        }

        @Override
        protected boolean isDirect() {
            return true;
        }

        @Override
        protected void onDone() {
            done.complete(null);
        }
    }
}
