package dev.tubepost.internal.env;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A world on the test's thread: clocks that a test sets, one actor whose timers it lets run, and side work that is done when {@link #run} is called.
 * <em>Confined to the test's thread.</em>
 */
public final class ManualWorld implements Env, Actor {

    private record Due(long nanos, Runnable task) {}

    /** "side" or "remote", for each work. */
    public final List<String> threads = new ArrayList<>();
    /** For when the actor was asked, for each timer. */
    public final List<Long> delays = new ArrayList<>();

    /** How often somebody wanted to look a name up, which this world cannot. */
    public int lookUps;

    public final List<Throwable> faults = new ArrayList<>();
    public boolean hasThread = true;
    public long nanos = Long.MAX_VALUE - 5; // overflows at once (F71)
    public long millis = 1_800_000_000_000L;

    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private boolean postFails;
    /** Work beside the actor is refused, as when too much waits. */
    public boolean refusesWork;

    /** Does all that can be done without time passing. */
    public void run() {
        for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
            next.run();
        }
    }

    /** Lets time pass by both clocks, and timers run. */
    public void pass(long seconds) {
        long end = nanos + TimeUnit.SECONDS.toNanos(seconds);
        run();
        for (Optional<Due> due = next(end); due.isPresent(); due = next(end)) {
            timers.remove(due.get());
            millis += TimeUnit.NANOSECONDS.toMillis(due.get().nanos() - nanos);
            nanos = due.get().nanos();
            due.get().task().run();
            run();
        }
        millis += TimeUnit.NANOSECONDS.toMillis(end - nanos);
        nanos = end;
    }

    private Optional<Due> next(long end) {
        return timers.stream()
                .filter(timer -> timer.nanos() - end <= 0)
                .min(Comparator.comparingLong(timer -> timer.nanos() - nanos));
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public Actor actor(String name) {
        return this;
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long waitNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mailbox reports(String name) {
        return this;
    }

    @Override
    public void step(Step point) {}

    @Override
    public void close() {}

    /** How many commands wait. */
    public int waiting() {
        return posted.size();
    }

    @Override
    public boolean hasThread() {
        return hasThread;
    }

    /** The next command finds no memory. */
    public void failNextPost() {
        postFails = true;
    }

    @Override
    public void post(Runnable command) {
        if (postFails) {
            postFails = false;
            throw new InternalError("as a test wants it");
        }
        posted.add(command);
    }

    @Override
    public void fault(Throwable thrown) {
        faults.add(thrown);
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public void retire() {}

    @Override
    public Timer after(long delayNanos, Runnable task) {
        delays.add(delayNanos);
        var due = new Due(nanos + delayNanos, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        lookUps++;
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        threads.add("side");
        later(work, done);
    }

    @Override
    public <T> void remote(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        threads.add("remote");
        later(work, done);
    }

    private <T> void later(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        if (refusesWork) {
            post(() -> done.accept(null, new RejectedExecutionException("too much waits")));
            return;
        }
        post(() -> {
            T result;
            try {
                result = work.call();
            } catch (Throwable thrown) {
                done.accept(null, thrown);
                return;
            }
            done.accept(result, null);
        });
    }
}
