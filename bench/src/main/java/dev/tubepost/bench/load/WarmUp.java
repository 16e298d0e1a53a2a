package dev.tubepost.bench.load;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When a client is warm: after so many rounds and so many seconds, and once the JVM's compilers have had little to do for two looks. Clients differ in
 * how long that takes, and machines more: compilers that are still busy have one of two cores for themselves, and count as the client's CPU.
 *
 * <p><em>Confined to the thread that measures.</em>
 */
public final class WarmUp {

    /**
     * What is asked for. <em>Immutable.</em>
     *
     * @param rounds how many there are at the least
     * @param seconds how long they go on at the least: the compilers need time, however fast the client is
     * @param limitSeconds how long they go on at the most, until the compilers have little to do; 0: whatever these do
     * @param bytes of values that may be sent to last so long: a log in memory is bounded
     */
    public record Bounds(int rounds, int seconds, int limitSeconds, long bytes) {

        /** The options that say so, with what holds where they are not given. */
        public static void addDefaults(Map<String, String> options) {
            options.put("warm-ups", "15");
            options.put("warm-up-seconds", "0");
            options.put("warm-up-limit-seconds", "0");
            options.put("warm-up-bytes", Long.toString(Long.MAX_VALUE));
        }

        /**
         * What the options say.
         *
         * @throws IllegalArgumentException if one is senseless
         */
        public static Bounds of(Arguments given) {
            return new Bounds(
                    given.number("warm-ups", 0),
                    given.number("warm-up-seconds", 0),
                    given.number("warm-up-limit-seconds", 0),
                    given.longNumber("warm-up-bytes", 0));
        }
    }

    private static final long NANOS = 1_000_000_000L;

    /** Compilers that take less than one part in so many of a core have little to do. */
    private static final int QUIET_SHARE = 10;

    /** So often in a row: between two large methods there is a pause. */
    private static final int QUIET_LOOKS = 2;

    private final Bounds bounds;
    private final long roundBytes;
    private final LongSupplier clock;
    private final Supplier<? extends Map<?, Long>> compilers;
    private final long begin;

    private int rounds;
    private int quietLooks;
    private long lastLook;
    private Map<?, Long> lastCompilers;

    /** @param roundBytes of values that each round sends */
    public WarmUp(Bounds bounds, long roundBytes) {
        this(bounds, roundBytes, System::nanoTime, ProcessCpu::ofCompilers);
    }

    /** @param compilers the CPU time that each thread of them has had, in nanoseconds; the JVM ends those that are idle, and starts others */
    WarmUp(Bounds bounds, long roundBytes, LongSupplier clock, Supplier<? extends Map<?, Long>> compilers) {
        this.bounds = bounds;
        this.roundBytes = roundBytes;
        this.clock = clock;
        this.compilers = compilers;
        this.begin = clock.getAsLong();
        this.lastLook = begin;
        this.lastCompilers = compilers.get();
    }

    /** How many rounds there were. */
    public int rounds() {
        return rounds;
    }

    /** Whether another round is wanted, and allowed; asked before each. */
    public boolean goesOn() {
        boolean isWanted = rounds < bounds.rounds() || (isAllowed() && isShort());
        rounds += isWanted ? 1 : 0;
        return isWanted;
    }

    private boolean isAllowed() {
        return (rounds + 1) * roundBytes <= bounds.bytes();
    }

    private boolean isShort() {
        long now = clock.getAsLong();
        look(now);
        boolean isQuiet = quietLooks >= QUIET_LOOKS;
        int least = bounds.seconds();
        int wanted = isQuiet ? least : Math.max(least, bounds.limitSeconds());
        return now - begin < wanted * NANOS;
    }

    private void look(long now) {
        if (now - lastLook >= NANOS) {
            boolean isQuiet = compilerNanosSinceLastLook() * QUIET_SHARE < now - lastLook;
            quietLooks = isQuiet ? quietLooks + 1 : 0;
            lastLook = now;
        }
    }

    /** Thread by thread: the time of one that has ended meanwhile is not taken off from the others'. */
    private long compilerNanosSinceLastLook() {
        Map<?, Long> before = lastCompilers;
        Map<?, Long> now = compilers.get();
        lastCompilers = now;
        long nanos = 0;
        for (Map.Entry<?, Long> thread : now.entrySet()) {
            Long earlier = before.get(thread.getKey());
            nanos += Math.max(0, thread.getValue() - (earlier == null ? 0 : earlier));
        }
        return nanos;
    }
}
