package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.queue.Admission;
import org.jspecify.annotations.Nullable;

/**
 * What batches that have ended give back: their credits, their bytes, and what a flush waits for. <em>Confined to the worker's actor.</em>
 *
 * <p>Every caller reads the counters that are written here, so each write costs him a fetch from the other core's cache: a reply with thousands of
 * batches writes them once for each block of {@link #BLOCK}. Credits and bytes come first, so that who has flushed finds the room that there is.
 */
final class Refund {

    /** After how many batches at the latest the callers get what is theirs. */
    static final int BLOCK = 32;

    private @Nullable Admission admission;
    private FlushLedger.@Nullable Generation generation;
    private int messages;
    private long bytes;
    private int batches;

    /** A batch that nobody waits for any more. */
    void add(Admission charged, FlushLedger.Generation held, int ofMessages) {
        if (batches == BLOCK || (batches > 0 && held != generation)) {
            pay();
        }
        payUnlessTo(charged);
        generation = held;
        messages += ofMessages;
        batches++;
    }

    /** Buffers that no request carries any more. */
    void add(Admission charged, long ofBytes) {
        payUnlessTo(charged);
        bytes += ofBytes;
    }

    private void payUnlessTo(Admission charged) {
        if (admission != charged) {
            pay();
            admission = charged;
        }
    }

    /** Gives back what is collected. */
    void pay() {
        Admission to = admission;
        if (to == null) {
            return;
        }
        long freeBytes = bytes;
        int freeMessages = messages;
        int ended = batches;
        bytes = 0;
        messages = 0;
        batches = 0;
        try {
            to.releaseBytes(freeBytes);
        } finally {
            release(to, freeMessages, ended);
        }
    }

    private void release(Admission to, int freeMessages, int ended) {
        try {
            if (freeMessages > 0) {
                to.reported(freeMessages);
            }
        } finally {
            if (ended > 0 && generation != null) {
                generation.release(ended);
            }
        }
    }
}
