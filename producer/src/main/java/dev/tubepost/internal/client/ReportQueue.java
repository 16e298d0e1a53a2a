package dev.tubepost.internal.client;

import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.ProducerInterruptedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thread's delivery reports. <em>Guarded by its lock.</em> A message reserves its place when it is handed over, so the reports there are
 * and those to come never exceed the limit, and the report thread never waits for room.
 */
final class ReportQueue<K, V> implements DeliveryReports<K, V> {

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DeliveryReport<K, V>> reports = new ArrayDeque<>();
    private int reserved;

    /**
     * @param limit how many reports there may be and be to come
     */
    ReportQueue(int limit) {
        this.limit = limit;
    }

    /** Reserves a place for one message; false if there was none in time. */
    boolean reserve(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (reserved >= limit) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            reserved++;
            return true;
        } catch (InterruptedException e) {
            throw interrupted("waiting for a delivery report to be fetched", e);
        } finally {
            lock.unlock();
        }
    }

    /** The message was not accepted after all. */
    void unreserve() {
        lock.lock();
        try {
            reserved--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void add(DeliveryReport<K, V> report) {
        lock.lock();
        try {
            reports.add(report);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DeliveryReport<K, V> take() {
        while (true) {
            DeliveryReport<K, V> report = poll(Duration.ofDays(1));
            if (report != null) {
                return report;
            }
        }
    }

    @Override
    public @Nullable DeliveryReport<K, V> poll() {
        return poll(Duration.ZERO);
    }

    @Override
    public @Nullable DeliveryReport<K, V> poll(Duration timeout) {
        lock.lock();
        try {
            long left = CallerWait.nanos(timeout);
            while (reports.isEmpty()) {
                if (left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
            reserved--;
            changed.signalAll();
            return reports.remove();
        } catch (InterruptedException e) {
            throw interrupted("waiting for a delivery report", e);
        } finally {
            lock.unlock();
        }
    }

    private static ProducerInterruptedException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ProducerInterruptedException("interrupted while " + what, cause);
    }
}
