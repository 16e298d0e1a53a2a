package dev.tubepost.internal.client;

import dev.tubepost.internal.env.Log;
import java.lang.ref.Cleaner;

/**
 * Closes what its user dropped without a close, and says so (F92). <em>Immutable; runs on the cleaner's thread.</em> It knows the inside only:
 * one reference to what the user holds, and that would never be found to be dropped.
 *
 * @param what for the log
 * @param inside what is to be closed
 */
record Dropped(String what, Inside inside) implements Runnable {

    /** What the user holds by a handle. <em>Thread-safe.</em> */
    interface Inside {
        /** Whether there is nothing left to do. */
        boolean isClosed();

        /** How many messages have no outcome that is reported, at most. */
        long pendingMessages();

        /** Sends what there is, as a close by the user does. */
        void close();
    }

    private static final Log LOG = Log.of("dev.tubepost.client");

    /** One thread of the JDK's for all; it neither belongs to who made the first cluster, nor refers to it, and it ends with our classes. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** Watches an object that the user holds; to be cleaned when the inside is closed. */
    static Cleaner.Cleanable watch(Object held, String what, Inside inside) {
        return CLEANER.register(held, new Dropped(what, inside));
    }

    @Override
    public void run() {
        if (inside.isClosed()) {
            return;
        }
        LOG.warn(
                "{} was dropped without a close, with up to {} messages that have no outcome yet: it is closed now, which sends"
                        + " them within the pending timeout. Close it yourself, to know what was not delivered",
                what,
                inside.pendingMessages());
        var closing =
                new Thread(null, this::closeNow, "tubepost-close", 0, false); // a close may wait, the cleaner may not
        closing.setDaemon(true);
        closing.start();
    }

    private void closeNow() {
        try {
            inside.close();
        } catch (RuntimeException e) {
            LOG.warn("{} that was dropped without a close has left something undelivered", what, e);
        }
    }
}
