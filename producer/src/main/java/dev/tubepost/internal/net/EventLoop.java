package dev.tubepost.internal.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread with one selector, on which actors run: in each pass what the network has ready, then due timers, then commands, each up to a
 * cap. <em>Thread-safe for {@link #post} and {@link #close}; all else is confined to its thread.</em>
 *
 * <p>It sleeps in {@code select} until one of the three has something, and for no other reason: an idle loop makes no passes. Whoever posts
 * wakes it only if it sleeps, and only the first of many does (the edge from asleep to awake). The thread starts with the first command.
 */
final class EventLoop implements Runnable {

    /** How many commands run before the network is looked at again. */
    static final int COMMANDS_PER_PASS = 1024;

    /** How many timers run before the network is looked at again. */
    static final int TIMERS_PER_PASS = 1024;

    /** The pause after the selector itself failed, usually for lack of file descriptors (F93). */
    private static final long SELECTOR_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final VarHandle ASLEEP;
    private static final VarHandle THREAD;

    static {
        try {
            var lookup = MethodHandles.lookup();
            ASLEEP = lookup.findVarHandle(EventLoop.class, "asleep", boolean.class);
            THREAD = lookup.findVarHandle(EventLoop.class, "thread", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where a selector comes from. */
    @FunctionalInterface
    interface SelectorSource {
        Selector open() throws IOException;
    }

    // Shared.
    private final String name;
    private final Threads threads;
    private final Faults faults;
    private final SelectorSource selectors;
    private final CommandQueue commands = new CommandQueue();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Selector selector;
    private volatile boolean asleep;
    private volatile boolean closing;
    private volatile long passes;

    // Confined to the thread.
    final TimerHeap timers = new TimerHeap();
    private @Nullable LoopActor current;

    EventLoop(String name, Threads threads, Faults faults) {
        this(name, threads, faults, Selector::open);
    }

    /** @param selectors makes the selector */
    EventLoop(String name, Threads threads, Faults faults, SelectorSource selectors) {
        this.name = name;
        this.threads = threads;
        this.faults = faults;
        this.selectors = selectors;
    }

    void post(LoopActor actor, Runnable command) {
        if (closing) {
            return;
        }
        commands.offer(actor, command);
        if (thread == null) {
            start();
        }
        wakeIfAsleep();
    }

    /** Asks the thread to end, once it has run what was posted before. */
    void close() {
        closing = true;
        wakeIfAsleep();
        var running = thread;
        if (running != null) {
            LockSupport.unpark(running); // it may be pausing for want of a selector
        }
    }

    boolean isCurrent(LoopActor actor) {
        return Thread.currentThread() == thread && current == actor;
    }

    /** How often the loop went round. */
    long passes() {
        return passes;
    }

    /** The thread, or null before the first command. */
    @Nullable
    Thread thread() {
        return thread;
    }

    /** Where transports register. */
    Selector selector() {
        return Objects.requireNonNull(selector, "no selector outside of the loop");
    }

    @Override
    public void run() {
        try {
            openSelector();
            while (!closing) {
                pass(selector());
            }
            while (!commands.isEmpty()) {
                runCommands();
            }
        } finally {
            closeSelector();
        }
    }

    private void start() {
        Thread created;
        try {
            created = threads.create(name, this);
            if (THREAD.compareAndSet(this, null, created)) {
                startOrForget(created);
            }
        } catch (Throwable thrown) { // out of threads: the next command tries again (F76)
            faults.report(name, thrown);
        }
    }

    private void startOrForget(Thread created) {
        boolean started = false;
        try {
            created.start();
            started = true;
        } finally {
            if (!started) {
                thread = null;
            }
        }
    }

    private void wakeIfAsleep() {
        if (asleep && ASLEEP.compareAndSet(this, true, false)) {
            selector().wakeup();
        }
    }

    private void openSelector() {
        while (!closing && selector == null) {
            try {
                selector = selectors.open();
            } catch (Throwable thrown) {
                faults.report(name, thrown);
                LockSupport.parkNanos(this, SELECTOR_PAUSE_NANOS);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void pass(Selector open) {
        passes++;
        try {
            select(open);
            handleReadyKeys(open);
        } catch (Throwable thrown) { // an Error, too: what it ends is for the hook to say, and never this thread in
            // silence (F76)
            faults.report(name, thrown);
            LockSupport.parkNanos(this, SELECTOR_PAUSE_NANOS);
        }
        runTimers();
        runCommands();
    }

    private void select(Selector open) throws IOException {
        asleep =
                true; // before the look at the queue: a command that comes after the look finds us asleep, and wakes us
        long waitNanos = timers.nanosToNext(System.nanoTime());
        if (waitNanos == 0 || !commands.isEmpty() || closing) {
            asleep = false;
            open.selectNow();
            return;
        }
        if (waitNanos == Long.MAX_VALUE) {
            open.select();
        } else {
            open.select((waitNanos + 999_999) / 1_000_000); // up, or it would spin through the last millisecond
        }
        asleep = false;
        Thread.interrupted(); // select returns at once while the flag stands: whoever set it must not make us spin
    }

    private void handleReadyKeys(Selector open) {
        var ready = open.selectedKeys();
        for (SelectionKey key : ready) {
            var transport = (NioTransport) key.attachment();
            current = transport.actor();
            try {
                transport.onSelected();
            } catch (Throwable thrown) {
                // A handler must not throw. Left open, the same bytes would make it throw again in every pass.
                transport.close();
                faults.report(transport.actor().toString(), thrown);
            } finally {
                current = null;
            }
        }
        ready.clear();
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (int i = 0; i < TIMERS_PER_PASS; i++) {
            var timer = timers.pollDue(now);
            if (timer == null) {
                return;
            }
            runIn(timer.actor, timer.task);
        }
    }

    private void runCommands() {
        for (int i = 0; i < COMMANDS_PER_PASS; i++) {
            var entry = commands.poll();
            if (entry == null) {
                return;
            }
            var actor = Objects.requireNonNull(entry.actor(), "a loop's commands are for actors");
            runIn(actor, entry.take());
        }
    }

    private void runIn(LoopActor actor, Runnable task) {
        if (actor.isRetired()) {
            return;
        }
        current = actor;
        try {
            task.run();
        } catch (Throwable thrown) {
            faults.report(actor.toString(), thrown);
        } finally {
            current = null;
        }
    }

    private void closeSelector() {
        var open = selector;
        if (open == null) {
            return;
        }
        for (SelectionKey key : open.keys()) {
            ((NioTransport) key.attachment()).close();
        }
        try {
            open.close(); // gives the channels' descriptors back, too
        } catch (IOException e) {
            faults.report(name, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
