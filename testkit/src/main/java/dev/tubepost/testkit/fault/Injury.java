package dev.tubepost.testkit.fault;

/** One way in which a run goes wrong. */
public enum Injury {
    CUT_BEFORE_APPEND,
    CUT_AFTER_APPEND,
    CUT_IN_REPLY,
    REPLY_LOST,
    REFUSED,
    WRITTEN_BUT_ERROR,
    SLOW,
    /** A request came to a broker that does not lead the partition any more. */
    NOT_LEADER,
    /** A batch was refused for its sequence number. */
    OUT_OF_SEQUENCE,
    /** A batch came again, and was not appended again. */
    DUPLICATE,
    /** A producer id was not given at once. */
    NO_PRODUCER_ID,
    /** A partition got another leader. */
    LEADER_MOVED,
    /** A partition had no leader for a while. */
    LEADERLESS,
    /** All connections of a broker broke at once. */
    CONNECTIONS_CUT,
    /** A broker was down for a while, and refused connections. */
    BROKER_DOWN,
    /** A broker died, and others led its partitions at once. */
    FAILED_OVER,
    /** A broker was gone for a moment, and led again what it had led. */
    RESTARTED,
    /** A broker told of old leaders. */
    OLD_METADATA,
    /** The process stood still. */
    STALLED
}
