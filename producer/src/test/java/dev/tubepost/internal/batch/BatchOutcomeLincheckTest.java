package dev.tubepost.internal.batch;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever waits for a message hears of its outcome once, however late, and finds it complete. */
@Tag("interleavings")
final class BatchOutcomeLincheckTest {

    @Test
    void eachWaiterIsToldOnceAndFindsTheWholeOutcome() {
        explore(() -> {
            var outcome = new BatchOutcome("topic", 0);
            var first = new Waiting(outcome, 0, true);
            var second = new Waiting(outcome, 1, false);
            together(first::await, second::await, () -> {
                outcome.delivered(70, 7);
                tell(outcome.closeWaiters());
            });
            require(first.told.get() == 1 && second.told.get() == 1, "each is told once");
        });
    }

    @Test
    void whoWaitsWhileABatchIsSplitWaitsForThePart() {
        explore(() -> {
            var outcome = new BatchOutcome("topic", 0);
            var first = new Waiting(outcome, 0, false);
            var second = new Waiting(outcome, 1, true);
            together(first::await, second::await, () -> {
                BatchOutcome[] parts = outcome.split(new int[] {0, 1}, 2);
                parts[0].delivered(70, 7);
                tell(parts[0].closeWaiters());
                parts[1].delivered(71, 7);
                tell(parts[1].closeWaiters());
            });
            require(first.told.get() == 1 && second.told.get() == 1, "each is told once");
        });
    }

    private static void tell(BatchOutcome.@Nullable Waiter first) {
        for (BatchOutcome.Waiter next = first; next != null; next = Completion.next(next)) {
            Completion.notify(next);
        }
    }

    /** Waits as a handle does. */
    private static final class Waiting extends BatchOutcome.Waiter {
        private final BatchOutcome outcome;
        private final boolean direct;
        final AtomicInteger told = new AtomicInteger();

        Waiting(BatchOutcome outcome, int index, boolean direct) {
            super(index);
            this.outcome = outcome;
            this.direct = direct;
        }

        void await() {
            if (outcome.isDone(index()) || !outcome.await(this)) {
                onDone();
            }
        }

        @Override
        protected boolean isDirect() {
            return direct;
        }

        @Override
        protected void onDone() {
            require(outcome.isDone(index()), "it is done");
            require(outcome.offset(index()) == 70 + index(), "the offset is known");
            require(outcome.appendMillis(index()) == 7, "the timestamp is known");
            told.incrementAndGet();
        }
    }
}
