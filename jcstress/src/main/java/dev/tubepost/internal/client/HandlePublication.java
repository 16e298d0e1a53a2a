package dev.tubepost.internal.client;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The index is a plain field, published by the outcome's release: who sees in which batch a message is sees where in it. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "in no batch yet")
@Outcome(id = "5", expect = ACCEPTABLE, desc = "in its place")
@Outcome(id = "0", expect = FORBIDDEN, desc = "in the place of another")
@State
public class HandlePublication {

    private final BatchOutcome nowhere = BatchOutcome.nowhere("topic");
    private final MessageHandle<String, String> handle = new MessageHandle<>(nowhere, null, 0);
    private final RecordBatch batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(new FlushLedger().enter());

    @Actor
    public void report() {
        handle.onAppended(batch, 5);
    }

    @Actor
    public void caller(I_Result result) {
        result.r1 = handle.outcome() == nowhere ? -1 : handle.index();
    }
}
