package dev.tubepost.testkit.broker;

import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one Produce request. <em>Immutable.</em>
 *
 * @param kind what happens
 * @param error the answer of {@link Kind#REFUSED} and {@link Kind#WRITTEN_BUT_ERROR}
 * @param delayNanos how long the broker takes
 * @param cause who wanted it, for the count; null if nobody did
 */
public record Fate(
        Kind kind, Errors error, long delayNanos, @Nullable Object cause) {

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

    /** As it should be. */
    public static Fate good(long delayNanos) {
        return new Fate(Kind.GOOD, Errors.NONE, delayNanos, null);
    }
}
