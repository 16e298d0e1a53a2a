package dev.tubepost.internal.client;

import dev.tubepost.DeliveryReport;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Reportable;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a message that has a key, or whose thread wants delivery reports. <em>Thread-safe.</em> It takes 40 bytes: most messages do
 * without these fields.
 */
final class FullMessageHandle<K, V> extends MessageHandle<K, V> implements Reportable {

    private final @Nullable K key;
    private final @Nullable ReportQueue<K, V> reports;

    FullMessageHandle(
            BatchOutcome nowhere,
            @Nullable V value,
            @Nullable K key,
            long timestamp,
            @Nullable ReportQueue<K, V> reports) {
        super(nowhere, value, timestamp);
        this.key = key;
        this.reports = reports;
    }

    @Override
    public void onAppended(RecordBatch batch, int at) {
        super.onAppended(batch, at);
        if (reports != null) {
            batch.addReportable(this);
        }
    }

    @Override
    public @Nullable K key() {
        return key;
    }

    @Override
    public void report() {
        BatchOutcome known = outcome();
        if (!known.isCancelled(index())) { // else it had its report when it was taken back
            postReport();
        }
    }

    @Override
    void postReport() {
        if (reports != null) {
            reports.add(new DeliveryReport<>(this, failure()));
        }
    }
}
