package dev.tubepost;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thread's queue of delivery reports: one for each message that the thread produced, in the order of the outcomes.
 * <em>Thread-safe</em>: it may be handed to another thread.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface DeliveryReports<K, V> {

    /**
     * Waits for the next report.
     *
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     */
    DeliveryReport<K, V> take();

    /** The next report, or null if there is none now. */
    @Nullable
    DeliveryReport<K, V> poll();

    /**
     * The next report, or null if there was none in time.
     *
     * @throws ProducerInterruptedException if interrupted; the flag is restored
     */
    @Nullable
    DeliveryReport<K, V> poll(Duration timeout);
}
