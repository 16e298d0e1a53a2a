package dev.tubepost.internal.net;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The edge from awake to asleep of the loops and the report threads: a loop says that it sleeps and looks once more, a producer offers and
 * looks whether it sleeps. One of the two must see the other.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both see: it is woken for nothing")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the producer wakes it")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it does not go to sleep")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "it sleeps through a command")
@State
public class SleepAndWake {

    private final CommandQueue queue = new CommandQueue();
    private volatile boolean asleep;

    @Actor
    public void producer(ZZ_Result result) {
        queue.offer(null, () -> {});
        result.r1 = asleep;
    }

    @Actor
    public void loop(ZZ_Result result) {
        asleep = true;
        result.r2 = !queue.isEmpty();
    }
}
