package dev.tubepost.internal.report;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Ends batches: sets the outcome, releases those who wait in person, and brings the rest (futures, delivery reports, the listener) to the
 * report thread, in the order of the calls. <em>Thread-safe;</em> called by the owner of the batch, once for each.
 *
 * <p>A batch of which nobody wants to hear is done at once, with the cost of a few writes. The flush ledger and the credits are let go only
 * when the report was handed over, so a blocked callback can neither be overtaken by a flush nor let the memory grow.
 */
public final class Reporter {

    private final Mailbox mailbox;
    private final SerialExecutor executor;
    private final @Nullable DeliveryListener listener;
    /** Whether the listener makes anything of what was delivered: otherwise a batch that was costs it no call, and its thread no waking. */
    private final boolean hearsDeliveries;

    private final Tally tally = new Tally();

    public Reporter(Mailbox mailbox, @Nullable Executor executor, @Nullable DeliveryListener listener) {
        this.mailbox = mailbox;
        this.executor = new SerialExecutor(mailbox, executor);
        this.listener = listener;
        this.hearsDeliveries = listener != null && overridesOnDelivered(listener.getClass());
    }

    private static boolean overridesOnDelivered(Class<? extends DeliveryListener> type) {
        try {
            return type.getMethod("onDelivered", DeliveredBatch.class).getDeclaringClass() != DeliveryListener.class;
        } catch (NoSuchMethodException e) { // where nothing is known of methods, as in a native image: it may
            return true;
        }
    }

    /** Whether the caller is a callback, a dependent of a future, or the listener. */
    public boolean isReporting() {
        return executor.isCurrent();
    }

    public Tally tally() {
        return tally;
    }

    /** Ends the reports, behind all that were made. */
    public void close() {
        executor.executeLast(mailbox::retire);
    }

    /** Runs user code among the reports. */
    public void run(Runnable task) {
        executor.execute(task);
    }

    /**
     * The batch was acknowledged.
     *
     * @param baseOffset the first record's offset, or -1 if unknown
     * @param appendMillis the broker's timestamp, or -1
     * @param reported run when the report was handed over
     * @return whether there is a report; if not, nothing is run, and the batch's credits and its generation are the caller's to let go, at once
     */
    public boolean delivered(RecordBatch batch, long baseOffset, long appendMillis, long nowNanos, Runnable reported) {
        tally.delivered(batch.recordCount());
        return hand(
                batch,
                Completion.deliver(batch, baseOffset, appendMillis),
                summary(batch, baseOffset, nowNanos),
                null,
                reported);
    }

    /** The kernel took the batch's last byte, with acks 0. */
    public void sent(RecordBatch batch, long nowNanos, Runnable reported) {
        tally.delivered(batch.recordCount());
        if (!hand(batch, Completion.send(batch), summary(batch, -1, nowNanos), null, reported)) {
            letGo(batch, reported);
        }
    }

    /** The batch failed. Its buffers must still be there. */
    public void failed(RecordBatch batch, DeliveryException cause, Runnable reported) {
        tally.failed(batch.outstandingCount(), cause);
        List<FailedMessage> failures = listener == null ? null : Completion.failures(batch, cause);
        if (!hand(batch, Completion.fail(batch, cause), null, failures, reported)) {
            letGo(batch, reported);
        }
    }

    /** A message that never reached a batch failed. */
    public void failedAlone(DeliveryException cause, FailedMessage message, Runnable reported) {
        tally.failed(1, cause);
        executor.execute(() -> {
            try {
                if (listener != null) {
                    listener.onFailure(message);
                }
            } finally {
                reported.run();
            }
        });
    }

    private @Nullable DeliveredBatch summary(RecordBatch batch, long baseOffset, long nowNanos) {
        if (!hearsDeliveries) {
            return null;
        }
        BatchOutcome outcome = batch.outcome();
        return new DeliveredBatch(
                outcome.topic(),
                outcome.partition(),
                baseOffset,
                batch.recordCount(),
                batch.wireBytes(),
                outcome.attempts(),
                Duration.ofNanos(Math.max(0, nowNanos - batch.acceptedNanos())));
    }

    private boolean hand(
            RecordBatch batch,
            BatchOutcome.@Nullable Waiter waiters,
            @Nullable DeliveredBatch summary,
            @Nullable List<FailedMessage> failures,
            Runnable reported) {
        if (waiters == null && summary == null && failures == null && batch.reportables() == null) {
            return false;
        }
        executor.execute(new BatchReport(batch, waiters, summary, failures, listener, reported));
        return true;
    }

    private static void letGo(RecordBatch batch, Runnable reported) {
        reported.run(); // first the credits: who has flushed finds the room that there is
        batch.generation().release();
    }
}
