package dev.tubepost.internal.report;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.interleaving.Interleavings;
import dev.tubepost.internal.env.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports run one at a time and in order, on an executor that has a thread for each piece of work. */
@Tag("interleavings")
final class SerialExecutorLincheckTest {

    @Test
    void runsEachTaskOnceInOrderAndNeverTwoAtATime() {
        explore(() -> {
            var threads = new ThreadPerTask();
            var executor = new SerialExecutor(new NoMailbox(), threads);
            List<String> ran = new ArrayList<>(); // without a lock: that is what is tested
            together(
                    () -> {
                        executor.execute(() -> ran.add("a1"));
                        executor.execute(() -> ran.add("a2"));
                    },
                    () -> executor.execute(() -> ran.add("b")));
            threads.join();
            require(ran.size() == 3, "each task ran once");
            require(ran.indexOf("a1") < ran.indexOf("a2"), "in order");
            require(!executor.isCurrent(), "the caller is no task");
        });
    }

    private static final class ThreadPerTask implements Executor {
        private final ConcurrentLinkedQueue<Thread> started = new ConcurrentLinkedQueue<>();

        @Override
        public void execute(Runnable command) {
            var thread = new Thread(command);
            started.add(thread); // before the start: whoever it starts in its turn stands behind it
            thread.start();
        }

        void join() {
            for (Thread next = started.poll(); next != null; next = started.poll()) {
                Interleavings.join(next);
            }
        }
    }

    private static final class NoMailbox implements Mailbox {
        @Override
        public void post(Runnable command) {
            throw new AssertionError("the executor takes everything");
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public void retire() {}
    }
}
