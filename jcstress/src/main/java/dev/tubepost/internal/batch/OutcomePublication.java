package dev.tubepost.internal.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Offset and timestamp are plain fields, published by the volatile state: who sees that a message is done sees both. */
@JCStressTest
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not done yet")
@Outcome(id = "70, 7", expect = ACCEPTABLE, desc = "done, with everything")
@Outcome(expect = FORBIDDEN, desc = "done, without the rest")
@State
public class OutcomePublication {

    private final BatchOutcome outcome = new BatchOutcome("topic", 0);

    @Actor
    public void worker() {
        outcome.delivered(70, 7);
    }

    @Actor
    public void handle(JJ_Result result) {
        boolean done = outcome.isDone(0);
        result.r1 = done ? outcome.offset(0) : -1;
        result.r2 = done ? outcome.appendMillis(0) : -1;
    }
}
