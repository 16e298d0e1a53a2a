package dev.tubepost.interleaving;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How far Lincheck looks: seconds for each test as a rule, twenty times as much in the profile {@code interleavings}. <em>Static, without
 * state.</em>
 *
 * <p>The model checker runs one thread at a time and decides at each shared access who goes on; it finds every order of few accesses, and a
 * thread that nobody wakes. It knows no reordering by the processor: that is for jcstress. The stress mode runs the same on real threads.
 */
public final class Interleavings {

    /** How many orders of a scenario are tried: the first few dozen find what a lock forgotten does. */
    private static final int ORDERS = 120;

    private static final int RESTARTS = 3;

    private static final int FACTOR = Integer.getInteger("tubepost.interleavings", 1);

    private Interleavings() {}

    /** Operations on one object, model-checked: each history must be that of some order of the operations. */
    public static void modelCheck(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(5 * FACTOR)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(operations);
    }

    /**
     * The same on real threads, for tests tagged {@code real-threads}, which run in the profile alone. Lincheck rewrites all classes of the JVM for it,
     * one by one, and the JVM visits all of them each time: two seconds after 5,000 classes, minutes after the 22,000 of the unit tests.
     */
    public static void stress(Class<?> operations) {
        new StressOptions()
                .iterations(5 * FACTOR)
                .invocationsPerIteration(150)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(operations);
    }

    /**
     * A scenario with threads of its own, in many orders; it fails by what it throws, or by a thread that waits for ever.
     *
     * <p>A thread that waits for ever is shown with the order that led there. Without one it was Lincheck's clock that ran out, on a machine that
     * has too much to do: then the scenario is begun again, a few times.
     */
    public static void explore(Runnable scenario) {
        for (int left = RESTARTS; ; left--) {
            try {
                Lincheck.runConcurrentTest(ORDERS * FACTOR, scenario);
                return;
            } catch (LincheckAssertionError e) {
                if (left == 0 || !isOutOfTime(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOutOfTime(LincheckAssertionError failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("has hung") && !text.contains("interleaving");
    }

    /** An assertion for scenarios: the model checker cannot run AssertJ's. */
    public static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    /** Runs the tasks at the same time, one thread each, and waits for all; throws what the first of them threw. */
    public static void together(Task... tasks) {
        List<Throwable> thrown = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Task task : tasks) {
            threads.add(new Thread(() -> {
                try {
                    task.run();
                } catch (Throwable failure) {
                    synchronized (thrown) {
                        thrown.add(failure);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            join(thread);
        }
        if (!thrown.isEmpty()) {
            throw new AssertionError(thrown.get(0));
        }
    }

    /** Waits until the thread has ended. */
    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts here", e);
        }
    }

    /** What a thread of a scenario does. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }
}
