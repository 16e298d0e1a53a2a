package dev.tubepost.testkit.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The moment at which waiting ends; every wait of this module goes through one, so that none is without a bound.
 *
 * <p>A thread that is interrupted while it waits gets an {@link EmbeddedKafkaException} and keeps its interrupted flag.
 */
final class Deadline {
    /** How often a condition that nothing signals (a file, another process, a remote cluster) is looked at. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration allowed;
    private final long endNanos;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.endNanos = System.nanoTime() + allowed.toNanos();
    }

    static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    Duration allowed() {
        return allowed;
    }

    /** What is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    /** Waits until the condition holds; at the deadline throws with the text of {@code missing}. */
    void await(BooleanSupplier condition, Supplier<String> missing) {
        while (!condition.getAsBoolean()) {
            if (isOver()) {
                throw new EmbeddedKafkaException("After " + allowed + ": " + missing.get());
            }
            pause();
        }
    }

    /** Waits for a future; {@code what} completes the sentence "could not ...". */
    <T extends @Nullable Object> T await(Future<T> future, String what) throws ExecutionException {
        try {
            return future.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Not interrupted: Kafka takes that as a fatal fault while it starts, and leaves threads behind.
            future.cancel(false);
            throw new EmbeddedKafkaException("Could not " + what + " within " + allowed, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void pause() {
        LockSupport.parkNanos(this, Math.min(POLL_NANOS, Math.max(1, left().toNanos())));
        if (Thread.currentThread().isInterrupted()) {
            throw new EmbeddedKafkaException("Interrupted while waiting for the embedded Kafka");
        }
    }

    static EmbeddedKafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EmbeddedKafkaException("Interrupted while waiting for the embedded Kafka", e);
    }
}
