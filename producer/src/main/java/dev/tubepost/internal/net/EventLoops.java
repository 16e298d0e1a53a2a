package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * The world in production: the JDK's clocks, and actors on event loops. <em>Thread-safe.</em> Every thread starts when it is first needed, and
 * ends with {@link #close}.
 */
public final class EventLoops implements Env {

    /** The most threads for {@link Actor#side}: it is for short work and for rare work. */
    private static final int SIDE_THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    /**
     * The most threads that look up names and wait for others. They have a pool of their own, so that a name server that is silent delays no compression
     * (F44).
     */
    private static final int REMOTE_THREADS = 4;

    /**
     * How the loops are made. <em>Immutable.</em>
     *
     * @param ioThreads the most event loops
     * @param threadFactory makes every thread; name and daemon flag are set afterwards
     * @param sendBufferBytes SO_SNDBUF of each socket; 0 leaves it to the system
     * @param receiveBufferBytes SO_RCVBUF of each socket; 0 leaves it to the system
     * @param onFault is told of each exception that no code expected, with the name of the actor or mailbox; on its thread, and it must not
     *     throw. What a {@link VirtualMachineError} ends is decided there (F76); the loops themselves go on.
     */
    public record Settings(
            int ioThreads,
            ThreadFactory threadFactory,
            int sendBufferBytes,
            int receiveBufferBytes,
            BiConsumer<String, Throwable> onFault) {

        public Settings {
            if (ioThreads < 1) {
                throw new IllegalArgumentException("ioThreads must be at least 1: " + ioThreads);
            }
        }

        /** One event loop per core, plain daemon threads, the system's socket buffers, faults only logged. */
        public static Settings defaults() {
            return new Settings(
                    Runtime.getRuntime().availableProcessors(), platformThreads(), 0, 0, (where, thrown) -> {});
        }
    }

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    /** How much may wait for others to answer: a session has one exchange for each of its connections. */
    private static final int REMOTE_WAITING_LIMIT = 4096;

    /** How old the time is that messages are stamped with, while many are. */
    private static final long CLOCK_NANOS = 1_000_000L;

    private final Settings settings;
    private final Threads threads;
    private final Faults faults;
    private final List<EventLoop> loops;
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final SideThreads side;
    private final SideThreads remote;
    private final CoarseClock clock;
    private final Set<ReportThread> reports = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public EventLoops(Settings settings) {
        this.settings = settings;
        threads = new Threads(settings.threadFactory());
        faults = new Faults(settings.onFault());
        side = new SideThreads("tubepost-side", SIDE_THREADS, SideThreads.AS_MUCH_AS_COMES, threads);
        remote = new SideThreads("tubepost-remote", REMOTE_THREADS, REMOTE_WAITING_LIMIT, threads);
        var all = new ArrayList<EventLoop>(settings.ioThreads());
        for (int i = 0; i < settings.ioThreads(); i++) {
            all.add(new EventLoop("tubepost-io-" + i, threads, faults));
        }
        loops = List.copyOf(all);
        var keeper = new LoopActor(this, loops.get(0), "clock");
        clock = new CoarseClock(System::currentTimeMillis, keeper::post, tick -> keeper.after(CLOCK_NANOS, tick));
    }

    /** Makes plain platform threads, without the creator's inheritable thread locals. */
    public static ThreadFactory platformThreads() {
        return task -> new Thread(null, task, "tubepost", 0, false);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public RandomGenerator random() {
        return RANDOM;
    }

    @Override
    public Actor actor(String name) {
        int index = Math.floorMod(nextLoop.getAndIncrement(), loops.size());
        return new LoopActor(this, loops.get(index), name);
    }

    @Override
    public Mailbox reports(String name) {
        var mailbox = new ReportThread("tubepost-reports-" + name, threads, faults, reports::remove);
        reports.add(mailbox);
        if (closed) { // closed just now: the mailbox may have come too late to be found there
            mailbox.retire();
        }
        return mailbox;
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
        try {
            if (nanos < 0) {
                completion.get();
            } else {
                completion.get(nanos, TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (CancellationException | ExecutionException e) {
            return true; // completed, and whoever waits looks at how
        }
    }

    @Override
    public void step(Step point) {
        // Nothing stands between two actions but the machine.
    }

    @Override
    public void close() {
        closed = true;
        clock.stop();
        loops.forEach(EventLoop::close);
        reports.forEach(ReportThread::finish);
        side.close();
        remote.close();
    }

    /**
     * Waits after {@link #close} until the event loops have ended and given back their file descriptors.
     *
     * @return whether they have, in time
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        boolean all = true;
        for (var loop : loops) {
            var thread = loop.thread();
            if (thread != null) {
                long left = timeout.toNanos() - (System.nanoTime() - start);
                thread.join(Math.max(1, left / 1_000_000));
                all &= !thread.isAlive();
            }
        }
        return all;
    }

    /** How many exceptions no code expected. */
    public long faults() {
        return faults.count();
    }

    /** How often the event loops went round, all together. */
    public long passes() {
        return loops.stream().mapToLong(EventLoop::passes).sum();
    }

    Settings settings() {
        return settings;
    }

    SideThreads side() {
        return side;
    }

    SideThreads remote() {
        return remote;
    }
}
