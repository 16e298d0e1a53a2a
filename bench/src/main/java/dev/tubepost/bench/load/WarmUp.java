package dev.tubepost.bench.load;

import java.util.function.LongSupplier;

/**
 * When a client is warm: after so many rounds and so many seconds, and once the JVM's compilers have had little to do for two looks. Clients differ in
 * how long that takes, and machines more: compilers that are still busy have one of two cores for themselves, and count as the client's CPU.
 *
 * <p><em>Confined to the thread that measures.</em>
 */
final class WarmUp {

    private static final long NANOS = 1_000_000_000L;

    /** Compilers that take less than one part in so many of a core have little to do. */
    private static final int QUIET_SHARE = 10;

    /** So often in a row: between two large methods there is a pause. */
    private static final int QUIET_LOOKS = 2;

    private final ClientOptions options;
    private final LongSupplier clock;
    private final LongSupplier compilers;
    private final long begin;

    private int rounds;
    private int quietLooks;
    private long lastLook;
    private long lastCompilerNanos;

    WarmUp(ClientOptions options) {
        this(options, System::nanoTime, ProcessCpu::ofCompilers);
    }

    /** @param compilers the CPU time that they have had, in nanoseconds */
    WarmUp(ClientOptions options, LongSupplier clock, LongSupplier compilers) {
        this.options = options;
        this.clock = clock;
        this.compilers = compilers;
        this.begin = clock.getAsLong();
        this.lastLook = begin;
        this.lastCompilerNanos = compilers.getAsLong();
    }

    /** How many rounds there were. */
    int rounds() {
        return rounds;
    }

    /** Whether another round is wanted, and allowed; asked before each. */
    boolean goesOn() {
        boolean isWanted = rounds < options.warmUps() || (isAllowed() && isShort());
        rounds += isWanted ? 1 : 0;
        return isWanted;
    }

    private boolean isAllowed() {
        return (rounds + 1L) * options.messages() * options.size() <= options.warmUpBytes();
    }

    private boolean isShort() {
        long now = clock.getAsLong();
        look(now);
        boolean isQuiet = quietLooks >= QUIET_LOOKS;
        int least = options.warmUpSeconds();
        int wanted = isQuiet ? least : Math.max(least, options.warmUpLimitSeconds());
        return now - begin < wanted * NANOS;
    }

    private void look(long now) {
        if (now - lastLook >= NANOS) {
            long compilerNanos = compilers.getAsLong();
            boolean isQuiet = (compilerNanos - lastCompilerNanos) * QUIET_SHARE < now - lastLook;
            quietLooks = isQuiet ? quietLooks + 1 : 0;
            lastLook = now;
            lastCompilerNanos = compilerNanos;
        }
    }
}
