package dev.tubepost.testkit.env;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides by chance whose command runs next. <em>Confined to the run's thread.</em>
 *
 * <p>Turns nest: at a step, and where a caller waits, others take turns within the turn. What is on the stack does not run again before it is
 * through, exactly as one thread would not.
 */
final class Scheduler {

    /** How deep turns nest at steps; a few suffice for every pair and triple of actors to meet. */
    private static final int MAX_DEPTH = 4;

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

    private @Nullable SimMailbox pick(boolean inStep) {
        if (listed.isEmpty()) {
            return null;
        }
        int first = random.nextInt(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            int index = (first + i) % listed.size();
            SimMailbox candidate = listed.get(index);
            if (candidate.isRunning() || (inStep && !mayRunInStep(candidate))) {
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
        return mailbox.kind() != SimMailbox.Kind.CALLER || reportsOnStack == 0;
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
