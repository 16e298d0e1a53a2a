package dev.tubepost.internal.net;

import dev.tubepost.interleaving.Interleavings;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command queue is a queue, whoever offers meanwhile. */
@Param(name = "command", gen = IntGen.class, conf = "1:9")
@Tag("interleavings")
public final class CommandQueueLincheckTest {

    private final CommandQueue queue = new CommandQueue();

    @Operation
    public void offer(@Param(name = "command") int number) {
        queue.offer(null, new Command(number));
    }

    /** As the loops take: a command that is between its producer's two steps is waited for. */
    @Operation(nonParallelGroup = "consumer")
    public @Nullable Integer take() {
        while (true) {
            CommandQueue.Entry entry = queue.poll();
            if (entry != null) {
                return ((Command) entry.take()).number;
            }
            if (queue.isEmpty()) {
                return null;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void isLinearizableInEveryOrder() {
        Interleavings.modelCheck(CommandQueueLincheckTest.class);
    }

    @Test
    @Tag("real-threads")
    void isLinearizableOnRealThreads() {
        Interleavings.stress(CommandQueueLincheckTest.class);
    }

    private record Command(int number) implements Runnable {
        @Override
        public void run() {}
    }
}
