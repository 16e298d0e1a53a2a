package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads for what may block or burn CPU. <em>Thread-safe.</em> They start with the first work and end after ten seconds without any.
 */
final class SideThreads {

    /** For work that is bounded by the memory that it holds, as batches to be compressed are. */
    static final int AS_MUCH_AS_COMES = Integer.MAX_VALUE;

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** @param waitingLimit how much work may wait; more is refused, which its actor is told */
    SideThreads(String name, int limit, int waitingLimit, Threads threads) {
        var count = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                limit,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waitingLimit),
                task -> threads.create(name + "-" + count.getAndIncrement(), task));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the work; its result or failure arrives on the actor, later. */
    <T> void run(Actor actor, Callable<? extends T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        var claimed =
                new AtomicBoolean(); // an executor that could not start a thread may have kept the work all the same
        try {
            executor.execute(() -> {
                if (claimed.getAndSet(true)) {
                    return;
                }
                T result;
                try {
                    result = work.call();
                } catch (Throwable thrown) { // told, not lost: also an Error (F76)
                    actor.post(() -> done.accept(null, thrown));
                    return;
                }
                actor.post(() -> done.accept(result, null));
            });
        } catch (Throwable refused) { // too much waits, no thread to be had, or the user's thread factory threw or gave
            // none
            if (!claimed.getAndSet(true)) {
                actor.post(() -> done.accept(null, refused));
            }
        }
    }

    void close() {
        executor.shutdownNow();
    }

    /** How many threads there are now. */
    int size() {
        return executor.getPoolSize();
    }
}
