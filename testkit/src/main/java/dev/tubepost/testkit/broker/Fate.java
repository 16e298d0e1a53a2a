package dev.tubepost.testkit.broker;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one Produce request, or of one partition of it. <em>Immutable.</em>
 *
 * @param kind what happens
 * @param error the answer of {@link Kind#REFUSED} and {@link Kind#WRITTEN_BUT_ERROR}; a number, for some have no name
 * @param delayNanos how long the broker takes
 * @param cause who wanted it, for the count; null if nobody did
 */
public record Fate(
        Kind kind, short error, long delayNanos, @Nullable Object cause) {

    /** What happens to a request. */
    public enum Kind {
        /** It is appended and answered. */
        GOOD,
        /** The connection breaks, and nothing is appended. */
        CUT_BEFORE_APPEND,
        /** It is appended, and the connection breaks before the answer. */
        CUT_AFTER_APPEND,
        /** It is appended and answered, and the connection breaks within the answer. */
        CUT_IN_REPLY,
        /** It is appended, but from now on nothing reaches the client. */
        REPLY_LOST,
        /** Nothing is appended, and the answer says why. */
        REFUSED,
        /** It is appended, and the answer is an error all the same. */
        WRITTEN_BUT_ERROR,
        /** It is appended, and answered very late. */
        SLOW
    }

    public static final short NO_ERROR = 0;

    /** As it should be. */
    public static Fate good(long delayNanos) {
        return new Fate(Kind.GOOD, NO_ERROR, delayNanos, null);
    }
}
