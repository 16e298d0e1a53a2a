package dev.tubepost.internal.client;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A caller may hand its handle to another thread by a data race: that one sees the handle pending or in its place, and never half made. */
@JCStressTest
@Outcome(id = "-2", expect = ACCEPTABLE, desc = "no handle yet")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "in no batch yet")
@Outcome(id = "5", expect = ACCEPTABLE, desc = "in its place")
@Outcome(expect = FORBIDDEN, desc = "without an outcome, or in the place of another")
@State
public class HandleIsNeverWithoutAnOutcome {

    private final BatchOutcome nowhere = BatchOutcome.nowhere("topic");
    private final RecordBatch batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(new FlushLedger().enter());

    /** Plain on purpose. */
    private @Nullable MessageHandle<String, String> handle;

    @Actor
    public void caller() {
        var made = new MessageHandle<String, String>(nowhere, "value", 0);
        made.onAppended(batch, 5);
        handle = made;
    }

    @Actor
    public void other(I_Result result) {
        MessageHandle<String, String> seen = handle;
        if (seen == null) {
            result.r1 = -2;
            return;
        }
        BatchOutcome outcome = seen.outcome();
        result.r1 = outcome == nowhere ? -1 : outcome == null ? -3 : seen.index();
    }
}
