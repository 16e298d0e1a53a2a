package dev.tubepost.internal.net;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever takes a command sees all that was written before it was offered: {@code NEXT.setRelease} and the volatile read of it. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "no command yet")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the command, and what it refers to")
@Outcome(id = "0", expect = FORBIDDEN, desc = "the command without what was written before")
@State
public class CommandHandOver {

    private final CommandQueue queue = new CommandQueue();

    /** A command with a plain field, written after it was made. */
    private static final class Command implements Runnable {
        int value;

        @Override
        public void run() {}
    }

    @Actor
    public void producer() {
        var command = new Command();
        command.value = 1;
        queue.offer(null, command);
    }

    @Actor
    public void consumer(I_Result result) {
        CommandQueue.Entry entry = queue.poll();
        result.r1 = entry == null ? -1 : ((Command) entry.take()).value;
    }
}
