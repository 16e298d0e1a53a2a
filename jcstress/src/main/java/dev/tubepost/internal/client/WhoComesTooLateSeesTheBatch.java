package dev.tubepost.internal.client;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A message leaves its backlog: who still waits there is told, and who finds that nobody can sees where it has gone. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "waited, and was told")
@Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "came too late, and sees the place in the batch")
@Outcome(expect = FORBIDDEN, desc = "told twice or never, or sees no other place")
@State
public class WhoComesTooLateSeesTheBatch {

    private final BatchOutcome own = new BatchOutcome("topic", -1);
    private final RecordBatch batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(new FlushLedger().enter());
    private final MessageHandle<String, String> handle = new MessageHandle<>(own, null, 0);
    private int told;

    @Actor
    public void report() {
        handle.onAppended(batch, 5);
        Completion.moved(own);
    }

    @Actor
    public void caller(II_Result result) {
        boolean waits = own.await(new BatchOutcome.Waiter(0) {
            @Override
            protected boolean isDirect() {
                return false;
            }

            @Override
            protected void onDone() {
                told++;
            }
        });
        result.r1 = waits ? 1 : handle.outcome() == own ? -1 : handle.index();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = told;
    }
}
