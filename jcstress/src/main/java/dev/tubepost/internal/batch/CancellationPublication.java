package dev.tubepost.internal.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.tubepost.DeliveryException;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.TimeSpent;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Who sees that a message is cancelled sees why. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "not cancelled yet, or cancelled with its reason")
@Outcome(id = "false", expect = FORBIDDEN, desc = "cancelled for no reason")
@State
public class CancellationPublication {

    private static final DeliveryException REASON = new MessageCancelledException(
            "cancelled", DeliveryException.Details.notSent("topic", 0, Duration.ZERO, TimeSpent.NONE), null);

    private final BatchOutcome outcome = new BatchOutcome("topic", 0);

    @Actor
    public void caller() {
        outcome.cancel(0, REASON);
    }

    @Actor
    public void other(Z_Result result) {
        result.r1 = !outcome.isDone(0) || outcome.failure(0) != null;
    }
}
