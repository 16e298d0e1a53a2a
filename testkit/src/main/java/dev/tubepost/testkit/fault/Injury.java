package dev.tubepost.testkit.fault;

/** One way in which a run goes wrong, with the numbers of the faults that it plays. */
public enum Injury {
    // ---- what befalls a Produce request: Mischief ----
    CUT_BEFORE_APPEND(Family.REQUEST, "F4", 700),
    CUT_AFTER_APPEND(Family.REQUEST, "F5", 700),
    CUT_IN_REPLY(Family.REQUEST, "F5", 700),
    /** From then on nothing reaches the client on this connection. */
    REPLY_LOST(Family.REQUEST, "F6 F7", 700),
    REFUSED(Family.REQUEST, "F49", 700),
    WRITTEN_BUT_ERROR(Family.REQUEST, "F5", 700),
    SLOW(Family.REQUEST, "F11", 700),
    /** The leader appended, lost the leadership while it waited for its replicas, and says only that. */
    WRITTEN_BUT_MOVED(Family.REQUEST, "F27 F33", 450),
    /** The bytes are not those that were sent. */
    CORRUPTED(Family.REQUEST, "F13", 350),
    STORAGE_ERROR(Family.REQUEST, "2b", 350),
    /** The broker does not say what went wrong, or says it with a number that nobody knows. */
    UNKNOWN_ERROR(Family.REQUEST, "2b", 250),
    /** The broker refuses for good: not allowed, not valid. */
    REFUSED_FOR_GOOD(Family.REQUEST, "2b", 250),
    /** The broker names the records that it does not like (KIP-467). */
    RECORDS_REFUSED(Family.REQUEST, "F28", 250),
    /** It is written, and the answer is that it was there already (46). */
    WRITTEN_AS_DUPLICATE(Family.REQUEST, "F5", 250),
    /** Once for each connection the version that was offered is not understood (35). */
    VERSION_REFUSED(Family.CONNECTION, "F30", 150),
    // ---- what is answered: ReplySpoiler ----
    THROTTLED(Family.REPLY, "F19", 300),
    PARTITION_OMITTED(Family.REPLY, "F25", 200),
    PARTITION_TWICE(Family.REPLY, "F26", 200),
    STRANGE_PARTITION(Family.REPLY, "F26", 200),
    /** The answer does not say at which offset, or says what cannot be. */
    ODD_OFFSET(Family.REPLY, "F27", 200),
    LONG_TEXT(Family.REPLY, "F32", 200),
    /** A topic is not there for a moment, or has no partitions. */
    TOPIC_ABSENT(Family.REPLY, "F35", 1_000),
    NO_PARTITIONS(Family.REPLY, "F35", 1_000),
    ODD_NODES(Family.REPLY, "F31", 1_000),
    ODD_VERSIONS(Family.REPLY, "F30", 500),
    /** A topic is not allowed for a moment, or its name is not. */
    TOPIC_DENIED(Family.REPLY, "2b", 500),
    /** The broker wants the client to begin anew with the addresses that it was given (129). */
    REBOOTSTRAP(Family.REPLY, "F43", 300),
    /** What is no Produce is answered late. */
    SLOW_ANSWER(Family.REPLY, "F11 F16 F54", 300),
    /** An answer has fields that are not known. */
    UNKNOWN_TAGS(Family.REPLY, "F29", 200),
    // ---- the bytes of a reply: FrameSpoiler ----
    BAD_SIZE(Family.REPLY, "F20", 100),
    /** A large size, and then no more than a few bytes. */
    DRIP(Family.REPLY, "F21", 100),
    BAD_LENGTH(Family.REPLY, "F22", 100),
    WRONG_CORRELATION(Family.REPLY, "F23", 100),
    TRAILING_BYTES(Family.REPLY, "F29", 200),
    UNASKED_REPLY(Family.REPLY, "F24", 300),
    // ---- connections: Line ----
    CONNECT_REFUSED(Family.NETWORK, "F1 F15", 1_500),
    CONNECT_LOST(Family.NETWORK, "F2", 1_000),
    SILENT(Family.NETWORK, "F16", 1_000),
    STOPS_READING(Family.NETWORK, "F7 F8", 150),
    NARROW(Family.NETWORK, "F12", 1_500),
    BYTE_BY_BYTE(Family.NETWORK, "F9", 1_500),
    NAME_NOT_FOUND(Family.NETWORK, "F44", 1_000),
    /** Several answers come in one read. */
    COALESCED(Family.NETWORK, "F10", 1_500),
    /** For a while no connection can be made, for want of descriptors. */
    NO_DESCRIPTORS(Family.NETWORK, "F93", 300),
    /** The first of a name's addresses is one where nobody is. */
    DEAD_ADDRESS(Family.NETWORK, "F44", 1_000),
    /** A request came to a broker that does not lead the partition any more. */
    NOT_LEADER(Family.CONSEQUENCE, "F33", 0),
    /** A batch was refused for its sequence number. */
    OUT_OF_SEQUENCE(Family.CONSEQUENCE, "F49 F53", 0),
    /** A batch came again, and was not appended again. */
    DUPLICATE(Family.CONSEQUENCE, "F5 F50", 0),
    /** A producer id was not given at once. */
    NO_PRODUCER_ID(Family.IDENTITY, "F54", 3_000),
    /** A producer id begins near its last epoch. */
    LAST_EPOCHS(Family.IDENTITY, "F48", 5_000),
    /** A leader that begins has only read a snapshot. */
    STATE_FORGOTTEN(Family.IDENTITY, "F53", 5_000),
    /** A producer id is refused for good. */
    ID_DENIED(Family.IDENTITY, "F54", 500),
    /** Somebody else raised the epoch of a producer id that is in use (47). */
    EPOCH_TAKEN(Family.IDENTITY, "2b", 100),
    // ---- what befalls brokers and leaders, from time to time: Chaos ----
    /** A partition got another leader. */
    LEADER_MOVED(Family.TIMED, "F33", 1),
    /** A partition had no leader for a while. */
    LEADERLESS(Family.TIMED, "F38", 1),
    /** All connections of a broker broke at once. */
    CONNECTIONS_CUT(Family.TIMED, "F3 F4 F15", 1),
    /** A broker was down for a while, and refused connections. */
    BROKER_DOWN(Family.TIMED, "F1 F90", 1),
    /** A broker died, and others led its partitions at once. */
    FAILED_OVER(Family.TIMED, "F1 F33", 1),
    /** A broker was gone for a moment, and led again what it had led. */
    RESTARTED(Family.TIMED, "F1 F53", 1),
    /** A broker told of old leaders. */
    OLD_METADATA(Family.TIMED, "F34 F45", 1),
    /** All brokers were gone for a while. */
    ALL_DOWN(Family.TIMED, "F1 F15", 1),
    /** Leaders move several times within a moment. */
    PING_PONG(Family.TIMED, "F33", 1),
    /** Brokers take no batch that is larger than some size. */
    LIMIT_LOWERED(Family.TIMED, "2b", 1),
    /** A topic got more partitions. */
    PARTITION_ADDED(Family.TIMED, "F36", 1),
    /** A topic was deleted, and made again under its name. */
    RECREATED(Family.TIMED, "F40", 1),
    /** Two brokers got each other's addresses. */
    ADDRESSES_EXCHANGED(Family.TIMED, "F41", 1),
    /** The wall clock jumped. */
    CLOCK_JUMPED(Family.TIMED, "F70", 1),
    /** The process stood still. */
    STALLED(Family.TIMED, "F18 F72", 1),
    /** Records were deleted, and with them what is known of producers (59). */
    RECORDS_DELETED(Family.TIMED, "F53", 1),
    /** Too few replicas were in sync for a while. */
    ISR_SHRUNK(Family.TIMED, "2b", 1),
    /** A broker stood still, and others led meanwhile. */
    BROKER_PAUSED(Family.TIMED, "F17", 1),
    /** A broker closed the connections on which nothing was asked. */
    IDLE_CLOSED(Family.TIMED, "F14", 1),
    /** A topic was not there for a while, and then it was another one of that name. */
    DELETED(Family.TIMED, "F39 F40", 1),
    /** A broker's address was for a while that of another cluster. */
    HIJACKED(Family.TIMED, "F42", 1),
    /** All brokers had other names, and the seeds followed. */
    RELOCATED(Family.TIMED, "F43", 1),
    // ---- what user code does: Caller, Book ----
    SERIALIZER_THROWS(Family.CALLER, "F76", 300),
    LISTENER_THROWS(Family.CALLER, "F82", 300),
    /** A message larger than a request may be. */
    TOO_LARGE(Family.CALLER, "F75", 200),
    /** A serializer produces another message. */
    SERIALIZER_PRODUCES(Family.CALLER, "F81", 150),
    /** What was handed over is written over as soon as the call has returned. */
    ARRAY_REUSED(Family.CALLER, "F79", 2_000),
    /** A partitioner throws, or chooses a partition that is not there. */
    PARTITIONER_FAILS(Family.CALLER, "F80", 200),
    CALLBACK_PRODUCES(Family.CALLER, "F84", 300),
    /** A callback flushes, stops or closes what it is a callback of. */
    CALLBACK_WAITS_FOR_ITSELF(Family.CALLER, "F84", 300),
    CALLBACK_BLOCKS(Family.CALLER, "F83", 100),
    // ---- the calls themselves ----
    TAKEN_BACK(Family.CALLER, "F88", 300),
    FLUSHED(Family.CALLER, "F89", 100),
    STOPPED(Family.CALLER, "F85 F86", 100),
    /** A caller was interrupted while it waited. */
    INTERRUPTED(Family.CALLER, "F74 F87", 300),
    /** Somebody else closed it, too, and had less time. */
    CLOSED_TWICE(Family.CALLER, "F86", 5_000),
    // ---- the process: Simulation ----
    /** Something is thrown in the midst of a worker's turn. */
    THROWN_IN_WORKER(Family.PROCESS, "F76", 20),
    /** Something is thrown instead of a batch being compressed. */
    THROWN_IN_COMPRESSOR(Family.PROCESS, "F77", 500),
    /** There is no thread for a compression for a while. */
    SLOW_COMPRESSOR(Family.PROCESS, "F77", 300),
    // ---- where a client must say who it is: Scenario ----
    /** The right password is refused, at the beginning or when it is asked for again. */
    LOGIN_REFUSED(Family.LOGIN, "F97 F99", 2_000);

    /** Who does it, and when it can strike. */
    public enum Family {
        /** Befalls a Produce request that has arrived, or one partition of it. */
        REQUEST,
        /** Follows from others. */
        CONSEQUENCE,
        /** Producer ids, epochs and what leaders remember of them. */
        IDENTITY,
        /** Spoils an answer. */
        REPLY,
        /** Befalls a connection that its broker has accepted, once. */
        CONNECTION,
        /** Befalls a client that says who it is; only in runs where it must. */
        LOGIN,
        /** Befalls a connection. */
        NETWORK,
        /** Strikes at random times. */
        TIMED,
        /** Done by the user's own code. */
        CALLER,
        /** Befalls the process itself: no memory, a mistake of ours. */
        PROCESS
    }

    private final Family family;
    private final String faults;
    private final int usualRate;

    Injury(Family family, String faults, int usualRate) {
        this.family = family;
        this.faults = faults;
        this.usualRate = usualRate;
    }

    public Family family() {
        return family;
    }

    /** The numbers of the faults that it plays, or 2b for the table of error codes. */
    public String faults() {
        return faults;
    }

    /** How often of 10,000 times, in a run of middle strength. */
    int usualRate() {
        return usualRate;
    }
}
