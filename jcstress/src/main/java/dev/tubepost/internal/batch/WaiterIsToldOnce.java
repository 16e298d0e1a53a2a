package dev.tubepost.internal.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two that wait, one that ends: the stack of waiters is closed once, and nobody falls out of it. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each is told once")
@Outcome(expect = FORBIDDEN, desc = "forgotten, told twice, or told too early")
@State
public class WaiterIsToldOnce {

    private final BatchOutcome outcome = new BatchOutcome("topic", 0);
    private final Waiting first = new Waiting(0);
    private final Waiting second = new Waiting(1);

    @Actor
    public void worker() {
        outcome.delivered(70, 7);
        outcome.closeWaiters();
    }

    @Actor
    public void first() {
        await(first);
    }

    @Actor
    public void second() {
        await(second);
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = first.told.get();
        result.r2 = second.told.get();
    }

    private void await(Waiting waiter) {
        if (outcome.isDone(waiter.index()) || !outcome.await(waiter)) {
            waiter.onDone();
        }
    }

    private final class Waiting extends BatchOutcome.Waiter {
        final AtomicInteger told = new AtomicInteger();

        Waiting(int index) {
            super(index);
        }

        @Override
        protected boolean isDirect() {
            return true;
        }

        @Override
        protected void onDone() {
            told.addAndGet(outcome.offset(index()) == 70 + index() ? 1 : 100);
        }
    }
}
