package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Knob;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The producer's environment in virtual time, on one thread at a time: the same seed makes the same run. <em>Confined to the thread that makes it,
 * and to those of its {@linkplain #callerThread callers}, one of which runs while that one waits.</em>
 *
 * <p>A caller without a thread that waits ({@link #await}) lets the others run until what it waits for has happened, so blocking calls need no second thread. The
 * monotone clock begins at a random place, in every other run shortly before it overflows (F71).
 */
public final class SimEnv implements Env {

    /** The wall clock at the begin of each run: 2025-01-01T00:00:00Z. */
    private static final long FIRST_MILLIS = 1_735_689_600_000L;

    private static final long SHORTLY_NANOS = 20_000_000_000L;

    private final EventHeap events = new EventHeap();
    private final Trace trace;
    private final SplittableRandom chance;
    private final SplittableRandom producersChance;
    private final long originNanos;
    private final Scheduler scheduler;
    private final List<SimActor> actors = new ArrayList<>();
    private final List<CallerThread> threads = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();
    private final Map<Knob, Integer> knobs = new EnumMap<>(Knob.class);
    private Hazards hazards = Hazards.NONE;
    private @Nullable Network network;
    private long jumpedMillis;
    private boolean closed;

    public SimEnv(long seed) {
        this(seed, new Trace());
    }

    public SimEnv(long seed, Trace trace) {
        this.trace = trace;
        var root = new SplittableRandom(seed);
        chance = root.split();
        producersChance = root.split();
        originNanos = root.nextBoolean() ? Long.MAX_VALUE - root.nextLong(SHORTLY_NANOS) : root.nextLong();
        scheduler = new Scheduler(events, root.split(), trace, (where, thrown) -> faults.add(new Fault(where, thrown)));
    }

    /** What no code expected, with the place where it ended up. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String where, Throwable thrown) {
            super("thrown in " + where + ": " + thrown, thrown);
        }
    }

    /** Sets what actors connect through; before the first does. */
    public void network(Network through) {
        network = through;
    }

    /** Sets what may befall the process. */
    public void hazards(Hazards which) {
        hazards = which;
    }

    Hazards hazards() {
        return hazards;
    }

    Network network() {
        return Objects.requireNonNull(network, "no network was set");
    }

    SplittableRandom chance() {
        return chance;
    }

    // ---- the producer's side ----

    @Override
    public long nanos() {
        return originNanos + events.now();
    }

    @Override
    public long millis() {
        return FIRST_MILLIS + jumpedMillis + events.now() / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return producersChance;
    }

    @Override
    public Actor actor(String name) {
        var actor = new SimActor(this, new SimMailbox(scheduler, name, SimMailbox.Kind.ACTOR));
        actors.add(actor);
        return actor;
    }

    @Override
    public Mailbox reports(String name) {
        return new SimMailbox(scheduler, name, SimMailbox.Kind.REPORTS);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
        if (!completion.isDone() && Thread.interrupted()) {
            throw new InterruptedException("before the wait");
        }
        long deadline = deadline(nanos);
        long interrupted = scheduler.interruption();
        awaitUntil(completion, Math.min(deadline, interrupted));
        if (!completion.isDone() && events.now() >= interrupted) {
            scheduler.interruptAt(Long.MAX_VALUE);
            throw new InterruptedException("in the midst of a wait");
        }
        return completion.isDone();
    }

    private long deadline(long nanos) {
        return nanos < 0 || nanos > Long.MAX_VALUE - events.now() ? Long.MAX_VALUE : events.now() + nanos;
    }

    private void awaitUntil(CompletableFuture<?> completion, long deadline) {
        if (completion.isDone()) {
            return;
        }
        if (scheduler.isOnThread()) {
            scheduler.awaitOnThread(completion::isDone, deadline);
            return;
        }
        while (!completion.isDone() && events.now() < deadline) {
            if (!scheduler.runNext(deadline)) {
                if (deadline == Long.MAX_VALUE) {
                    throw new IllegalStateException("a caller waits for ever: nothing is left to happen");
                }
                events.jumpTo(deadline);
            }
        }
    }

    /** The current caller is interrupted then, if it waits; {@link Long#MAX_VALUE} for not at all. */
    public void interruptAt(long nanos) {
        scheduler.interruptAt(nanos);
    }

    /** The current thread, or whoever has its turn on the run's own, waits that long, and nobody ends it before. */
    public void sleep(long nanos) {
        awaitUntil(new CompletableFuture<>(), deadline(nanos));
    }

    @Override
    public int knob(Knob which, int usual) {
        return knobs.getOrDefault(which, usual);
    }

    /** Sets a knob; before anybody reads it. */
    public void turn(Knob which, int value) {
        knobs.put(which, value);
    }

    @Override
    public void step(Step point) {
        scheduler.step();
        Error thrown = point == Step.CLOSED || point == Step.DRAINED ? hazards.inTurn() : null;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void close() {
        closed = true;
        scheduler.close();
    }

    // ---- the run's side ----

    /** A caller, as a mailbox for what it does: within the turns of others, on the run's thread. */
    public Mailbox caller(String name) {
        return new SimMailbox(scheduler, name, SimMailbox.Kind.CALLER);
    }

    /** A caller with a thread of its own, which can be held up in the midst of a call while others go on. */
    public Mailbox callerThread(String name) {
        var thread = new CallerThread(name);
        threads.add(thread);
        return new SimMailbox(scheduler, name, SimMailbox.Kind.CALLER, thread);
    }

    /** Ends the callers' threads; nothing runs on them afterwards. */
    public void dismissThreads() {
        threads.forEach(CallerThread::dismiss);
        threads.clear();
    }

    /** Whether the caller may wait: it has a thread of its own, or its turn is not within another one's, who could not go on before it. */
    public boolean mayWait() {
        return scheduler.isOnThread() || scheduler.depth() <= 1;
    }

    /** Does it outside of every turn, as soon as nobody is in the midst of one; for who found that it may not wait now. */
    public void whenNobodyRuns(Runnable action) {
        scheduler.whenFree(action);
    }

    /** Runs until the time, or until nothing is left to happen. */
    public void runUntil(long nowNanos) {
        boolean more = true;
        while (more && events.now() < nowNanos) {
            more = scheduler.runNext(nowNanos);
        }
        if (nowNanos != Long.MAX_VALUE) {
            events.jumpTo(nowNanos);
        }
    }

    /** The wall clock is set forward, or back (F70). */
    public void jump(long millis) {
        jumpedMillis += millis;
    }

    public EventHeap events() {
        return events;
    }

    public Trace trace() {
        return trace;
    }

    public boolean isClosed() {
        return closed;
    }

    /** What was thrown where nothing may be thrown. */
    public List<Throwable> faults() {
        return List.copyOf(faults);
    }

    /** How often actors woke up: the passes of their event loops, which then run all there is. */
    public long passes() {
        return scheduler.wakeUps();
    }

    /** The tasks that actors still have before them. */
    public int timers() {
        return actors.stream().mapToInt(SimActor::timers).sum();
    }

    /** The actors that have not ended. */
    public List<String> liveActors() {
        return actors.stream()
                .filter(actor -> !actor.isRetired())
                .map(SimActor::toString)
                .toList();
    }
}
