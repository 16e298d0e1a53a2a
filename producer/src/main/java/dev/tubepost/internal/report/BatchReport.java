package dev.tubepost.internal.report;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Reportable;
import dev.tubepost.internal.env.Log;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be told of one batch. <em>Immutable; runs on the report thread.</em> It does not refer to the batch's buffers. */
final class BatchReport implements Runnable {

    private static final Log LOG = Log.of("dev.tubepost.report");

    private final FlushLedger.Generation generation;
    private final @Nullable List<Reportable> reportables;
    private final BatchOutcome.@Nullable Waiter waiters;
    private final @Nullable DeliveredBatch summary;
    private final @Nullable List<FailedMessage> failures;
    private final @Nullable DeliveryListener listener;
    private final Runnable reported;

    BatchReport(
            RecordBatch batch,
            BatchOutcome.@Nullable Waiter waiters,
            @Nullable DeliveredBatch summary,
            @Nullable List<FailedMessage> failures,
            @Nullable DeliveryListener listener,
            Runnable reported) {
        this.generation = batch.generation();
        this.reportables = batch.reportables();
        this.waiters = waiters;
        this.summary = summary;
        this.failures = failures;
        this.listener = listener;
        this.reported = reported;
    }

    @Override
    public void run() {
        try {
            if (reportables != null) {
                reportables.forEach(message -> guarded(message::report));
            }
            for (BatchOutcome.Waiter next = waiters; next != null; next = Completion.next(next)) {
                BatchOutcome.Waiter waiter = next;
                guarded(() -> Completion.notify(waiter));
            }
            tellListener();
        } finally {
            reported.run();
            generation.release();
        }
    }

    private void tellListener() {
        DeliveryListener told = listener;
        if (told == null) {
            return;
        }
        if (summary != null) {
            guarded(() -> told.onDelivered(summary));
        }
        if (failures != null) {
            failures.forEach(failure -> guarded(() -> told.onFailure(failure)));
        }
    }

    /** One callback that throws takes nothing from the next (F82). */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("a callback threw; reports go on", e);
        }
    }
}
