package dev.tubepost.internal.delivery;

/** What follows from an attempt. */
public sealed interface Verdict {

    /**
     * The batch is in the log.
     *
     * @param offsetKnown whether the answer's base offset is the batch's
     */
    record Delivered(boolean offsetKnown) implements Verdict {}

    /**
     * The batch is to be sent again.
     *
     * @param unknown whether this attempt may have written it
     * @param counts whether the attempt counts against the retries
     * @param refresh whether the metadata is out of date
     * @param reconnect whether the connection is to be made anew before
     */
    record Retry(boolean unknown, boolean counts, boolean refresh, boolean reconnect) implements Verdict {

        /** On the same connection, if it is still there. */
        public Retry(boolean unknown, boolean counts, boolean refresh) {
            this(unknown, counts, refresh, false);
        }
    }

    /**
     * The broker does not take the batch's sequence number, and has not written it by this attempt. What that means depends on what was
     * sent before it.
     *
     * @param foreign whether the broker knows a higher epoch of the id than ours
     */
    record OutOfSequence(boolean foreign) implements Verdict {}

    /** The batch is too large for the topic, and is to be sent in parts; no attempt can have written it. */
    record Split() implements Verdict {}

    /**
     * The batch has failed.
     *
     * @param maybeWritten whether this or an earlier attempt may have written it
     * @param retriable whether the same messages may succeed when they are produced again
     */
    record Failed(boolean maybeWritten, boolean retriable) implements Verdict {}
}
