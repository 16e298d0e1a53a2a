package dev.tubepost.internal.net;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The wall clock for stamping messages: read anew for each, or, while many ask, once a millisecond by an event loop. <em>Thread-safe.</em>
 *
 * <p>Reading the clock takes about as long as encoding a small message, so who produces millions a second would pay a quarter of its time for telling
 * the same millisecond again and again. The time told then is the loop's last look, a millisecond or two ago, or later by as much as the loop's
 * thread had to wait for a core. Who produces less pays one reading for each message, and gets the time exactly.
 */
final class CoarseClock {

    /** Readings within one millisecond from which on the loop keeps the time: a twentieth of what one core can ask for. */
    static final int MANY = 500;

    /** How many milliseconds the loop goes on before it looks whether still as many ask. */
    static final int TICKS = 10;

    private final LongSupplier wall;
    private final Executor loop;
    private final Executor aMillisecondLater;

    /** What the loop keeps; 0 while it does not. */
    private volatile long kept;

    // Racy, since an update that is lost does no harm: the loop begins a little later.
    private long millisecond;
    private int asked;

    // Confined to the loop.
    private int ticks;

    /**
     * @param wall the exact time
     * @param loop runs a task on the event loop, from any thread
     * @param aMillisecondLater runs a task there, from there, about a millisecond later
     */
    CoarseClock(LongSupplier wall, Executor loop, Executor aMillisecondLater) {
        this.wall = wall;
        this.loop = loop;
        this.aMillisecondLater = aMillisecondLater;
    }

    /** Milliseconds since the epoch. */
    long millis() {
        long now = kept;
        return now != 0 ? now : look();
    }

    private long look() {
        long now = wall.getAsLong();
        if (now != millisecond) {
            millisecond = now;
            asked = 0;
        } else if (++asked == MANY) {
            loop.execute(this::begin);
        }
        return now;
    }

    private void begin() {
        if (kept == 0) {
            ticks = TICKS;
            tick();
        }
    }

    private void tick() {
        if (ticks-- == 0) {
            stop();
            return;
        }
        kept = 0; // should anything be thrown here, nobody would look at the clock again
        aMillisecondLater.execute(this::tick);
        kept = wall.getAsLong();
    }

    /** Nobody keeps the time any more. */
    void stop() {
        kept = 0;
    }
}
