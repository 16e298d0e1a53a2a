package dev.tubepost.internal.client;

import dev.tubepost.internal.env.Log;
import java.lang.ref.Cleaner;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Closes what its user dropped without a close, and says so (F92). <em>Immutable; runs on the cleaner's thread.</em> It knows the inside only:
 * one reference to what the user holds, and that would never be found to be dropped.
 *
 * @param what for the log
 * @param isClosed whether there is nothing left to do
 * @param pending how many messages have no outcome yet
 * @param close sends what there is, as a close by the user does
 */
record Dropped(String what, BooleanSupplier isClosed, LongSupplier pending, Runnable close) implements Runnable {

    private static final Log LOG = Log.of("dev.tubepost.client");

    /** One thread of the JDK's for all; it neither belongs to who made the first cluster, nor refers to it, and it ends with our classes. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** Watches an object that the user holds; to be cleaned when the inside is closed. */
    static Cleaner.Cleanable watch(
            Object held, String what, BooleanSupplier isClosed, LongSupplier pending, Runnable close) {
        return CLEANER.register(held, new Dropped(what, isClosed, pending, close));
    }

    @Override
    public void run() {
        if (isClosed.getAsBoolean()) {
            return;
        }
        LOG.warn(
                "{} was dropped without a close, with {} messages that have no outcome yet: it is closed now, which sends"
                        + " them within the pending timeout. Close it yourself, to know what was not delivered",
                what,
                pending.getAsLong());
        var closing =
                new Thread(null, this::closeNow, "tubepost-close", 0, false); // a close may wait, the cleaner may not
        closing.setDaemon(true);
        closing.start();
    }

    private void closeNow() {
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.warn("{} that was dropped without a close has left something undelivered", what, e);
        }
    }
}
