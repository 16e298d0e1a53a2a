package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Log;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Where everything ends that was thrown out of a command, timer, handler or report: counted, logged, told to the hook; never the end of a
 * thread (F76, F82). <em>Thread-safe.</em>
 */
final class Faults {

    private static final Log LOG = Log.of("dev.tubepost.net");

    private final BiConsumer<String, Throwable> hook;
    private final LongAdder count = new LongAdder();

    /** @param hook gets the name of the actor, mailbox or loop, and what was thrown; it decides what a VirtualMachineError ends */
    Faults(BiConsumer<String, Throwable> hook) {
        this.hook = hook;
    }

    void report(String where, Throwable thrown) {
        try {
            count.increment();
            LOG.error("Unexpected exception in {}", where, thrown);
        } catch (Throwable ignored) {
            // A logger that throws, or no memory to log with (F95): the hook still gets its call.
        }
        try {
            hook.accept(where, thrown);
        } catch (Throwable ignored) {
            // Nobody is left to be told.
        }
    }

    long count() {
        return count.sum();
    }
}
