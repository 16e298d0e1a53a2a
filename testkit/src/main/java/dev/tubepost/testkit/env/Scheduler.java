package dev.tubepost.testkit.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by chance whose command runs next. <em>Used by whoever holds the baton.</em>
 *
 * <p>Turns nest: at a step, and where a caller waits, others take turns within the turn. What is on the stack does not run again before it is
 * through, exactly as one thread would not. A caller with a {@linkplain CallerThread thread of its own} is not on the stack: it pauses there,
 * and goes on when it is picked again, also within another's turn.
 */
final class Scheduler {

    /** How deep turns nest at steps; a few suffice for every pair and triple of actors to meet. */
    private static final int MAX_DEPTH = 4;

    /** How long a thread may be kept from going on in the midst of a call. */
    private static final long MAX_NAP_NANOS = 100_000_000;

    /** How long a command works at the most, so that time passes for those who never rest. */
    private static final int MAX_WORK_NANOS = 4_000;

    /** After so many turns a run is taken for one that never ends. */
    private static final long MAX_TURNS = 3_000_000;

    /** A turn that passes so many steps goes round in a circle (I21). */
    private static final int MAX_STEPS_IN_TURN = 100_000;

    private final EventHeap events;
    private final SplittableRandom random;
    private final Trace trace;
    private final BiConsumer<String, Throwable> onFault;
    private final List<SimMailbox> listed = new ArrayList<>();
    private final List<Runnable> whenFree = new ArrayList<>();
    private @Nullable SimMailbox current;
    private int depth;
    private int reportsOnStack;
    private boolean closing;
    private long turns;
    private int stepsInTurn;
    private long wakeUps;

    Scheduler(EventHeap events, SplittableRandom random, Trace trace, BiConsumer<String, Throwable> onFault) {
        this.events = events;
        this.random = random;
        this.trace = trace;
        this.onFault = onFault;
    }

    void list(SimMailbox mailbox) {
        listed.add(mailbox);
        wakeUps += mailbox.kind() == SimMailbox.Kind.ACTOR ? 1 : 0;
    }

    boolean isCurrent(SimMailbox mailbox) {
        return current == mailbox;
    }

    /** After the environment has closed, only callers run on. */
    boolean isAccepting(SimMailbox mailbox) {
        return !closing || mailbox.kind() == SimMailbox.Kind.CALLER;
    }

    void close() {
        closing = true;
    }

    /** Whether somebody is in the midst of a turn. */
    int depth() {
        return depth;
    }

    /** Does it as soon as nobody is in the midst of a turn. */
    void whenFree(Runnable action) {
        whenFree.add(action);
    }

    /** How often an actor that had nothing to do got something. */
    long wakeUps() {
        return wakeUps;
    }

    /** One turn of anybody, or one leap in time, but not beyond the limit; false if nothing is to happen before it. */
    boolean runNext(long limit) {
        boolean any = events.runDue();
        SimMailbox next = pick(false);
        if (next != null) {
            run(next);
            return true;
        }
        if (any) {
            return true;
        }
        long at = events.nextAt();
        if (at > limit || at == Long.MAX_VALUE) {
            return false;
        }
        events.jumpTo(at);
        return true;
    }

    /** Lets others run within the current turn, or not, by chance. */
    void step() {
        if (++stepsInTurn > MAX_STEPS_IN_TURN) {
            throw new IllegalStateException("a turn does not end: " + stepsInTurn + " steps of " + current);
        }
        CallerThread thread = currentThread();
        if (thread != null) {
            pauseByChance(thread);
            return;
        }
        if (depth >= MAX_DEPTH || random.nextInt(3) != 0) {
            return;
        }
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            events.runDue();
            SimMailbox next = pick(true);
            if (next == null) {
                return;
            }
            run(next);
        }
    }

    /** The thread that holds the baton, or null if that is the run's own. */
    private @Nullable CallerThread currentThread() {
        return current == null ? null : current.thread();
    }

    /** Whether the current turn is a thread's own, so that it can wait without keeping anybody from going on. */
    boolean isOnThread() {
        return currentThread() != null;
    }

    /** When the caller whose turn it is will be interrupted, if it waits then. */
    long interruption() {
        return current == null ? Long.MAX_VALUE : current.interruptAt();
    }

    void interruptAt(long nanos) {
        if (current != null) {
            current.interruptAt(nanos);
        }
    }

    /** Mostly for the blink of an eye, now and then for as long as a thread that the machine has no time for. */
    private void pauseByChance(CallerThread thread) {
        int dice = random.nextInt(48);
        if (dice == 0) {
            awaitOnThread(() -> false, events.now() + random.nextLong(MAX_NAP_NANOS));
        } else if (dice <= 16) {
            thread.pause(() -> true);
        }
    }

    /** The current thread pauses until it happens, or the time is over. */
    void awaitOnThread(BooleanSupplier happened, long deadline) {
        EventHeap.Event alarm = events.after(deadline - events.now(), () -> {});
        Objects.requireNonNull(currentThread(), "the run's own thread")
                .pause(() -> happened.getAsBoolean() || events.now() >= deadline);
        alarm.cancel();
    }

    private @Nullable SimMailbox pick(boolean inStep) {
        if (listed.isEmpty()) {
            return null;
        }
        int first = random.nextInt(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            int index = (first + i) % listed.size();
            SimMailbox candidate = listed.get(index);
            if (candidate.isBusy() || (inStep && !mayRunInStep(candidate))) {
                continue;
            }
            if (candidate.leaveIfEmpty()) {
                unlist(index);
                return pick(inStep);
            }
            return candidate;
        }
        return null;
    }

    private void unlist(int index) {
        SimMailbox last = listed.remove(listed.size() - 1);
        if (index < listed.size()) {
            listed.set(index, last);
        }
    }

    /** A caller within a report would be taken for the report's own code, which may not stop or flush. */
    private boolean mayRunInStep(SimMailbox mailbox) {
        return mailbox.kind() != SimMailbox.Kind.CALLER || mailbox.thread() != null || reportsOnStack == 0;
    }

    private void run(SimMailbox mailbox) {
        if (++turns > MAX_TURNS) {
            throw new IllegalStateException("the run does not end: " + turns + " turns, the last one of " + mailbox);
        }
        boolean isReports = mailbox.kind() == SimMailbox.Kind.REPORTS;
        trace.add(mailbox.toString(), events.now());
        trace.say(events.now(), () -> "  ".repeat(depth) + mailbox);
        events.work(1 + random.nextInt(MAX_WORK_NANOS));
        SimMailbox before = current;
        current = mailbox;
        depth++;
        stepsInTurn = 0;
        reportsOnStack += isReports ? 1 : 0;
        try {
            mailbox.runOne();
        } catch (Throwable thrown) {
            onFault.accept(mailbox.toString(), thrown);
        } finally {
            reportsOnStack -= isReports ? 1 : 0;
            depth--;
            current = before;
        }
        if (depth == 0 && !whenFree.isEmpty()) {
            List<Runnable> actions = List.copyOf(whenFree);
            whenFree.clear();
            actions.forEach(Runnable::run);
        }
    }
}
