package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.TimeSpent;
import java.time.Duration;
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
        assertThat(outcome.appendMillis(3)).isEqualTo(5);
    }

    @Test
    void whatBecomesOfThePartsBecomesOfTheMessages() {
        BatchOutcome[] parts = outcome.split(new int[] {0, 4, 7}, 10);
        parts[0].delivered(100, 5);
        parts[2].failed(failure("no"));
        assertThat(outcome.isDone(3)).isTrue();
        assertThat(outcome.offset(3)).isEqualTo(103);
        assertThat(outcome.appendMillis(0)).isEqualTo(5);
        assertThat(outcome.isDone(4)).isFalse();
        assertThat(outcome.isDone(6)).isFalse();
        assertThat(outcome.failure(7)).hasMessage("no");
        BatchOutcome[] smaller = parts[1].split(new int[] {4, 6}, 7);
        smaller[0].delivered(50, -1);
        smaller[1].delivered(90, -1);
        assertThat(outcome.offset(5)).isEqualTo(51);
        assertThat(outcome.offset(6)).isEqualTo(90);
    }

    @Test
    void whoWaitsForAMessageWaitsForItsPart() {
        assertThat(outcome.await(waiter("second", true, 5))).isTrue();
        BatchOutcome[] parts = outcome.split(new int[] {0, 4}, 10);
        assertThat(outcome.await(waiter("first", true, 1))).isTrue();
        parts[0].delivered(0, -1);
        parts[0].closeWaiters();
        assertThat(told).containsExactly("first");
        parts[1].delivered(4, -1);
        parts[1].closeWaiters();
        assertThat(told).containsExactly("first", "second");
        assertThat(outcome.await(waiter("late", true, 5))).isFalse();
    }

    @Test
    void aPartCountsOffsetsWithoutWhatWasCancelled() {
        outcome.cancel(1, failure("cancelled"));
        outcome.cancel(5, failure("cancelled"));
        BatchOutcome[] parts = outcome.split(new int[] {0, 4}, 10);
        parts[0].delivered(100, -1);
        parts[1].delivered(200, -1);
        assertThat(outcome.offset(0)).isEqualTo(100);
        assertThat(outcome.offset(1)).isEqualTo(-1);
        assertThat(outcome.offset(3)).isEqualTo(102);
        assertThat(outcome.offset(4)).isEqualTo(200);
        assertThat(outcome.offset(6)).isEqualTo(201);
    }

    @Test
    void someMessagesOfAFailedBatchHaveAReasonOfTheirOwn() {
        outcome.blame(new int[] {2, 4}, new DeliveryException[] {failure("two"), failure("four")});
        outcome.failed(failure("others"));
        assertThat(outcome.failure(2)).hasMessage("two");
        assertThat(outcome.failure(4)).hasMessage("four");
        assertThat(outcome.failure(3)).hasMessage("others");
    }

    private static DeliveryException failure(String text) {
        return new DeliveryException(
                text, DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);
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
        return waiter(name, direct, 0);
    }

    private BatchOutcome.Waiter waiter(String name, boolean direct, int index) {
        return new BatchOutcome.Waiter(index) {
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
