package dev.tubepost.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Mailbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SerialExecutorTest {

    private final Box box = new Box();

    @Test
    void runsTasksInTheirOrderAndNeverInTheCall() {
        var executor = new SerialExecutor(box, null);
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int task = i;
            executor.execute(() -> ran.add(task));
        }
        assertThat(ran).isEmpty();
        box.runAll();
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aTaskThatThrowsEndsNothing() {
        var executor = new SerialExecutor(box, null);
        List<Integer> ran = new ArrayList<>();
        executor.execute(() -> {
            throw new IllegalStateException("a callback's mistake");
        });
        executor.execute(() -> ran.add(1));
        box.runAll();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void knowsItsOwnTasks() {
        var executor = new SerialExecutor(box, null);
        List<Boolean> inside = new ArrayList<>();
        executor.execute(() -> inside.add(executor.isCurrent()));
        assertThat(executor.isCurrent()).isFalse();
        box.runAll();
        assertThat(inside).containsExactly(true);
    }

    @Test
    void keepsTheOrderOnAnExecutorOfManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            var executor = new SerialExecutor(box, threads);
            List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
            var all = new CountDownLatch(10_000);
            for (int i = 0; i < 10_000; i++) {
                int task = i;
                executor.execute(() -> {
                    ran.add(task);
                    all.countDown();
                });
            }
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).isSorted().hasSize(10_000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void goesOnInTheMailboxWhenTheExecutorRefuses() {
        var executor = new SerialExecutor(box, task -> {
            throw new RejectedExecutionException("shut down");
        });
        List<Integer> ran = new ArrayList<>();
        executor.execute(() -> ran.add(1));
        executor.executeLast(() -> ran.add(2));
        box.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    /** As when a callback blocks, a close ends meanwhile, and what it cut off is to be reported. */
    @Test
    void whatComesInTheMidstOfATaskIsRunThoughTheMailboxTakesNoMore() {
        var executor = new SerialExecutor(box, null);
        List<Integer> ran = new ArrayList<>();
        executor.execute(() -> {
            executor.execute(() -> ran.add(2));
            box.retire();
            ran.add(1);
        });
        box.runAll();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void goesOnInTheMailboxWhateverTheExecutorThrows() {
        var executor = new SerialExecutor(box, task -> {
            throw new OutOfMemoryError("no thread");
        });
        List<Integer> ran = new ArrayList<>();
        executor.execute(() -> ran.add(1));
        executor.execute(() -> ran.add(2));
        box.runAll();
        executor.execute(() -> ran.add(3));
        box.runAll();
        assertThat(ran).containsExactly(1, 2, 3);
    }

    @Test
    void runsATaskOnceThoughTheExecutorThrowsAndKeepsIt() {
        List<Runnable> kept = new ArrayList<>();
        var executor = new SerialExecutor(box, task -> {
            kept.add(task);
            throw new IllegalStateException("an executor's mistake");
        });
        List<Integer> ran = new ArrayList<>();
        executor.execute(() -> ran.add(1));
        kept.get(0).run();
        executor.execute(() -> ran.add(2));
        box.runAll();
        kept.forEach(Runnable::run);
        assertThat(ran).containsExactly(1, 2);
    }

    /** A mailbox that runs when it is told to. */
    private static final class Box implements Mailbox {

        private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
        private boolean retired;
        private boolean running;

        @Override
        public void post(Runnable command) {
            if (!retired) {
                commands.add(command);
            }
        }

        @Override
        public boolean isCurrent() {
            return running;
        }

        @Override
        public void retire() {
            retired = true;
            commands.clear();
        }

        void runAll() {
            running = true;
            for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
                next.run();
            }
            running = false;
        }
    }
}
