package dev.tubepost.testkit.broker;

/**
 * A change of the producer's state, told by what brokers and callers see of it. That a fault happened does not show that the code which deals with it ran; that a
 * transition happened does.
 */
public enum Transition {
    // ---- of a batch ----
    /** A batch that was refused was taken later. */
    REFUSED_THEN_TAKEN,
    /** A batch that was refused for its sequence number was taken later. */
    SEQUENCE_MENDED,
    /** A batch came again, at another broker. */
    LEADER_FOLLOWED,
    /** A batch was too large for the topic, and a part of it came. */
    SPLIT,
    /** A batch waited longer before its third attempt than before its second. */
    BACKOFF_GREW,
    /** A batch came again in another epoch, or of another producer id. */
    RENUMBERED,
    // ---- of a partition ----
    /** What was sent came in a higher epoch than what came before. */
    EPOCH_RAISED,
    /** What was sent came of another producer id than what came before. */
    ID_CHANGED,
    /** The same, when the epochs of the former id were nearly used up. */
    EPOCHS_USED_UP,
    /** The sequence numbers went on from 0 after 2^31-1. */
    SEQUENCE_WRAPPED,
    /** A batch came before the one before it was answered. */
    WINDOW_OPENED,
    /** The same, with five of them. */
    WINDOW_FULL,
    // ---- of the cluster ----
    /** A producer id was asked for when each session had one. */
    ID_ASKED_AGAIN,
    /** A connection was made where there had been one. */
    RECONNECTED,
    /** A broker told of another leader than was told before. */
    LEADER_LEARNT,
    // ---- of callers ----
    /** A call waited for room, and its message was accepted. */
    WOKEN_WITH_ROOM,
    /** A call found no room, and gave up. */
    NO_ROOM,
    /** A flush waited, and everything was reported. */
    FLUSH_WAITED,
    /** A flush ended before everything was reported. */
    FLUSH_CUT_OFF,
    // ---- of messages ----
    /** The delivery timeout was over. */
    TIMED_OUT,
    /** It failed after the last attempt that it may have. */
    RETRIES_USED_UP,
    /** It failed, and may be written. */
    MAYBE_WRITTEN,
    /** It failed because the producer was closed. */
    CLOSED_OVER
}
