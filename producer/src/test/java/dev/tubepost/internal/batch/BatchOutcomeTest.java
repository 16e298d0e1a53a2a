package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BatchOutcomeTest {

    private final BatchOutcome outcome = new BatchOutcome("topic", 0);
    private final List<String> told = new ArrayList<>();

    @Test
    void directWaitersAreToldAtOnceAndTheOthersAmongTheReportsOldestFirst() {
        outcome.await(waiter("future 1", false));
        outcome.await(waiter("caller", true));
        outcome.await(waiter("future 2", false));
        outcome.delivered(7, -1);
        BatchOutcome.Waiter reports = outcome.closeWaiters();
        assertThat(told).containsExactly("caller");
        for (BatchOutcome.Waiter next = reports; next != null; next = BatchOutcome.next(next)) {
            next.onDone();
        }
        assertThat(told).containsExactly("caller", "future 1", "future 2");
    }

    @Test
    void whoComesTooLateIsTurnedAway() {
        outcome.delivered(7, -1);
        outcome.closeWaiters();
        assertThat(outcome.await(waiter("late", true))).isFalse();
        assertThat(outcome.offset(3)).isEqualTo(10);
    }

    @Test
    void anUnknownOffsetIsMinusOne() {
        outcome.delivered(-1, 5);
        assertThat(outcome.offset(3)).isEqualTo(-1);
        assertThat(outcome.appendMillis()).isEqualTo(5);
    }

    @Test
    void noWaiterIsForgottenWhenThreadsRaceWithTheEnd() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            var raced = new BatchOutcome("topic", 0);
            var called = new AtomicInteger();
            var turnedAway = new AtomicInteger();
            var start = new CountDownLatch(1);
            Thread caller = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 10; i++) {
                    if (!raced.await(counting(called))) {
                        turnedAway.incrementAndGet();
                    }
                }
            });
            caller.start();
            start.countDown();
            raced.delivered(0, -1);
            raced.closeWaiters();
            caller.join();
            assertThat(called.get() + turnedAway.get()).isEqualTo(10);
        }
    }

    private BatchOutcome.Waiter waiter(String name, boolean direct) {
        return new BatchOutcome.Waiter(0) {
            @Override
            protected boolean isDirect() {
                return direct;
            }

            @Override
            protected void onDone() {
                told.add(name);
            }
        };
    }

    private static BatchOutcome.Waiter counting(AtomicInteger called) {
        return new BatchOutcome.Waiter(0) {
            @Override
            protected boolean isDirect() {
                return true;
            }

            @Override
            protected void onDone() {
                called.incrementAndGet();
            }
        };
    }
}
