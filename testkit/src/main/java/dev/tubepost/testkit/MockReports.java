package dev.tubepost.testkit;

import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.ProducerInterruptedException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The delivery reports of one thread. <em>Thread-safe.</em> */
final class MockReports<K, V> implements DeliveryReports<K, V> {

    private final LinkedBlockingQueue<DeliveryReport<K, V>> reports = new LinkedBlockingQueue<>();

    void add(MockMessage<K, V> message) {
        reports.add(new DeliveryReport<>(message, message.failure()));
    }

    @Override
    public DeliveryReport<K, V> take() {
        try {
            return reports.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public @Nullable DeliveryReport<K, V> poll() {
        return reports.poll();
    }

    @Override
    public @Nullable DeliveryReport<K, V> poll(Duration timeout) {
        try {
            return reports.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ProducerInterruptedException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ProducerInterruptedException("interrupted while waiting for a delivery report", cause);
    }
}
