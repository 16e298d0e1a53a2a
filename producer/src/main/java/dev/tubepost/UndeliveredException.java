package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by {@code close} when messages were not delivered; the first failure is the cause. Each was reported to whoever asked for it: in its
 * {@link Message}, its delivery report, and to the {@link DeliveryListener}. What was handed over by {@link Producer#post} has nothing but the
 * listener, and without one nothing but its place in these numbers.
 *
 * <p>That of a cluster's close has the numbers of all sessions that it closed; if there were several with failures, each one's own exception is
 * {@linkplain #getSuppressed() suppressed} in it.
 */
public final class UndeliveredException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private final long notWritten;
    private final long maybeWritten;

    /**
     * @param notWritten how many failed, and are certainly not in the log
     * @param maybeWritten how many failed, and may be in the log
     * @param first the first failure, if it was kept
     */
    public UndeliveredException(long notWritten, long maybeWritten, @Nullable Throwable first) {
        super(text(notWritten, maybeWritten, first), first);
        this.notWritten = notWritten;
        this.maybeWritten = maybeWritten;
    }

    private static String text(long notWritten, long maybeWritten, @Nullable Throwable first) {
        long total = notWritten + maybeWritten;
        String text = total + (total == 1 ? " message was" : " messages were") + " not delivered: " + notWritten
                + " certainly not written, " + maybeWritten
                + " maybe written. Each was reported in its message, delivery report and listener, as far as it has them.";
        return first == null ? text : text + " The first failure: " + first.getMessage();
    }

    /** How many messages failed, and are certainly not in the log. */
    public long notWritten() {
        return notWritten;
    }

    /** How many messages failed, and may be in the log. */
    public long maybeWritten() {
        return maybeWritten;
    }
}
