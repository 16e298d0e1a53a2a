package dev.tubepost.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * Kafka's error codes with what each means for a batch that was answered with it: the one table. Numbers and names are those of Kafka
 * 4.4 ({@code org.apache.kafka.common.protocol.Errors}); what a broker never answers a Produce request with is taken as unknown and
 * failed, like a number that is not here. Where the reaction depends on more than the code, {@code delivery} decides.
 */
public enum ErrorCode {
    UNKNOWN_SERVER_ERROR(-1, Certainty.UNKNOWN, Reaction.FAIL),
    NONE(0, Certainty.WRITTEN, Reaction.ACCEPT),
    OFFSET_OUT_OF_RANGE(1, Certainty.UNKNOWN, Reaction.FAIL),
    CORRUPT_MESSAGE(2, Certainty.NOT_WRITTEN, Reaction.CHECK),
    UNKNOWN_TOPIC_OR_PARTITION(3, Certainty.UNKNOWN_WITH_ACKS_ALL, Reaction.REFRESH),
    INVALID_FETCH_SIZE(4, Certainty.UNKNOWN, Reaction.FAIL),
    LEADER_NOT_AVAILABLE(5, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    NOT_LEADER_OR_FOLLOWER(6, Certainty.UNKNOWN_WITH_ACKS_ALL, Reaction.REFRESH),
    REQUEST_TIMED_OUT(7, Certainty.UNKNOWN, Reaction.RETRY),
    BROKER_NOT_AVAILABLE(8, Certainty.UNKNOWN, Reaction.FAIL),
    REPLICA_NOT_AVAILABLE(9, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    MESSAGE_TOO_LARGE(10, Certainty.NOT_WRITTEN, Reaction.SPLIT),
    STALE_CONTROLLER_EPOCH(11, Certainty.UNKNOWN, Reaction.FAIL),
    OFFSET_METADATA_TOO_LARGE(12, Certainty.UNKNOWN, Reaction.FAIL),
    NETWORK_EXCEPTION(13, Certainty.UNKNOWN, Reaction.RETRY),
    COORDINATOR_LOAD_IN_PROGRESS(14, Certainty.NOT_WRITTEN, Reaction.RETRY),
    COORDINATOR_NOT_AVAILABLE(15, Certainty.NOT_WRITTEN, Reaction.RETRY),
    NOT_COORDINATOR(16, Certainty.NOT_WRITTEN, Reaction.RETRY),
    INVALID_TOPIC_EXCEPTION(17, Certainty.NOT_WRITTEN, Reaction.FAIL),
    RECORD_LIST_TOO_LARGE(18, Certainty.NOT_WRITTEN, Reaction.SPLIT),
    NOT_ENOUGH_REPLICAS(19, Certainty.NOT_WRITTEN, Reaction.RETRY),
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, Certainty.UNKNOWN, Reaction.RETRY),
    INVALID_REQUIRED_ACKS(21, Certainty.NOT_WRITTEN, Reaction.FAIL),
    ILLEGAL_GENERATION(22, Certainty.UNKNOWN, Reaction.FAIL),
    INCONSISTENT_GROUP_PROTOCOL(23, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_GROUP_ID(24, Certainty.UNKNOWN, Reaction.FAIL),
    UNKNOWN_MEMBER_ID(25, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_SESSION_TIMEOUT(26, Certainty.UNKNOWN, Reaction.FAIL),
    REBALANCE_IN_PROGRESS(27, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_COMMIT_OFFSET_SIZE(28, Certainty.UNKNOWN, Reaction.FAIL),
    TOPIC_AUTHORIZATION_FAILED(29, Certainty.NOT_WRITTEN, Reaction.FAIL),
    GROUP_AUTHORIZATION_FAILED(30, Certainty.UNKNOWN, Reaction.FAIL),
    CLUSTER_AUTHORIZATION_FAILED(31, Certainty.NOT_WRITTEN, Reaction.FAIL),
    INVALID_TIMESTAMP(32, Certainty.NOT_WRITTEN, Reaction.FAIL),
    UNSUPPORTED_SASL_MECHANISM(33, Certainty.UNKNOWN, Reaction.FAIL),
    ILLEGAL_SASL_STATE(34, Certainty.UNKNOWN, Reaction.FAIL),
    UNSUPPORTED_VERSION(35, Certainty.NOT_WRITTEN, Reaction.RECONNECT),
    TOPIC_ALREADY_EXISTS(36, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_PARTITIONS(37, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_REPLICATION_FACTOR(38, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_REPLICA_ASSIGNMENT(39, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_CONFIG(40, Certainty.UNKNOWN, Reaction.FAIL),
    NOT_CONTROLLER(41, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_REQUEST(42, Certainty.NOT_WRITTEN, Reaction.FAIL),
    UNSUPPORTED_FOR_MESSAGE_FORMAT(43, Certainty.NOT_WRITTEN, Reaction.FAIL),
    POLICY_VIOLATION(44, Certainty.NOT_WRITTEN, Reaction.FAIL),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, Certainty.NOT_WRITTEN, Reaction.RESEQUENCE),
    DUPLICATE_SEQUENCE_NUMBER(46, Certainty.WRITTEN, Reaction.ACCEPT),
    INVALID_PRODUCER_EPOCH(47, Certainty.NOT_WRITTEN, Reaction.NEW_ID),
    INVALID_TXN_STATE(48, Certainty.NOT_WRITTEN, Reaction.FAIL),
    INVALID_PRODUCER_ID_MAPPING(49, Certainty.NOT_WRITTEN, Reaction.FAIL),
    INVALID_TRANSACTION_TIMEOUT(50, Certainty.UNKNOWN, Reaction.FAIL),
    CONCURRENT_TRANSACTIONS(51, Certainty.NOT_WRITTEN, Reaction.RETRY),
    TRANSACTION_COORDINATOR_FENCED(52, Certainty.UNKNOWN, Reaction.FAIL),
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED(53, Certainty.NOT_WRITTEN, Reaction.FAIL),
    SECURITY_DISABLED(54, Certainty.UNKNOWN, Reaction.FAIL),
    OPERATION_NOT_ATTEMPTED(55, Certainty.UNKNOWN, Reaction.FAIL),
    KAFKA_STORAGE_ERROR(56, Certainty.UNKNOWN, Reaction.REFRESH),
    LOG_DIR_NOT_FOUND(57, Certainty.UNKNOWN, Reaction.FAIL),
    SASL_AUTHENTICATION_FAILED(58, Certainty.UNKNOWN, Reaction.FAIL),
    UNKNOWN_PRODUCER_ID(59, Certainty.NOT_WRITTEN, Reaction.RESEQUENCE),
    REASSIGNMENT_IN_PROGRESS(60, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_AUTH_DISABLED(61, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_NOT_FOUND(62, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_OWNER_MISMATCH(63, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(64, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_AUTHORIZATION_FAILED(65, Certainty.UNKNOWN, Reaction.FAIL),
    DELEGATION_TOKEN_EXPIRED(66, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_PRINCIPAL_TYPE(67, Certainty.UNKNOWN, Reaction.FAIL),
    NON_EMPTY_GROUP(68, Certainty.UNKNOWN, Reaction.FAIL),
    GROUP_ID_NOT_FOUND(69, Certainty.UNKNOWN, Reaction.FAIL),
    FETCH_SESSION_ID_NOT_FOUND(70, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_FETCH_SESSION_EPOCH(71, Certainty.UNKNOWN, Reaction.FAIL),
    LISTENER_NOT_FOUND(72, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    TOPIC_DELETION_DISABLED(73, Certainty.UNKNOWN, Reaction.FAIL),
    FENCED_LEADER_EPOCH(74, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    UNKNOWN_LEADER_EPOCH(75, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    UNSUPPORTED_COMPRESSION_TYPE(76, Certainty.NOT_WRITTEN, Reaction.FAIL),
    STALE_BROKER_EPOCH(77, Certainty.UNKNOWN, Reaction.FAIL),
    OFFSET_NOT_AVAILABLE(78, Certainty.UNKNOWN, Reaction.FAIL),
    MEMBER_ID_REQUIRED(79, Certainty.UNKNOWN, Reaction.FAIL),
    PREFERRED_LEADER_NOT_AVAILABLE(80, Certainty.UNKNOWN, Reaction.FAIL),
    GROUP_MAX_SIZE_REACHED(81, Certainty.UNKNOWN, Reaction.FAIL),
    FENCED_INSTANCE_ID(82, Certainty.UNKNOWN, Reaction.FAIL),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, Certainty.UNKNOWN, Reaction.FAIL),
    ELECTION_NOT_NEEDED(84, Certainty.UNKNOWN, Reaction.FAIL),
    NO_REASSIGNMENT_IN_PROGRESS(85, Certainty.UNKNOWN, Reaction.FAIL),
    GROUP_SUBSCRIBED_TO_TOPIC(86, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_RECORD(87, Certainty.NOT_WRITTEN, Reaction.FAIL),
    UNSTABLE_OFFSET_COMMIT(88, Certainty.UNKNOWN, Reaction.FAIL),
    THROTTLING_QUOTA_EXCEEDED(89, Certainty.NOT_WRITTEN, Reaction.WAIT),
    PRODUCER_FENCED(90, Certainty.NOT_WRITTEN, Reaction.FAIL),
    RESOURCE_NOT_FOUND(91, Certainty.UNKNOWN, Reaction.FAIL),
    DUPLICATE_RESOURCE(92, Certainty.UNKNOWN, Reaction.FAIL),
    UNACCEPTABLE_CREDENTIAL(93, Certainty.UNKNOWN, Reaction.FAIL),
    INCONSISTENT_VOTER_SET(94, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_UPDATE_VERSION(95, Certainty.UNKNOWN, Reaction.FAIL),
    FEATURE_UPDATE_FAILED(96, Certainty.UNKNOWN, Reaction.FAIL),
    PRINCIPAL_DESERIALIZATION_FAILURE(97, Certainty.UNKNOWN, Reaction.FAIL),
    SNAPSHOT_NOT_FOUND(98, Certainty.UNKNOWN, Reaction.FAIL),
    POSITION_OUT_OF_RANGE(99, Certainty.UNKNOWN, Reaction.FAIL),
    UNKNOWN_TOPIC_ID(100, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    DUPLICATE_BROKER_REGISTRATION(101, Certainty.UNKNOWN, Reaction.FAIL),
    BROKER_ID_NOT_REGISTERED(102, Certainty.UNKNOWN, Reaction.FAIL),
    INCONSISTENT_TOPIC_ID(103, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    INCONSISTENT_CLUSTER_ID(104, Certainty.UNKNOWN, Reaction.FAIL),
    TRANSACTIONAL_ID_NOT_FOUND(105, Certainty.UNKNOWN, Reaction.FAIL),
    FETCH_SESSION_TOPIC_ID_ERROR(106, Certainty.UNKNOWN, Reaction.FAIL),
    INELIGIBLE_REPLICA(107, Certainty.UNKNOWN, Reaction.FAIL),
    NEW_LEADER_ELECTED(108, Certainty.UNKNOWN, Reaction.FAIL),
    OFFSET_MOVED_TO_TIERED_STORAGE(109, Certainty.UNKNOWN, Reaction.FAIL),
    FENCED_MEMBER_EPOCH(110, Certainty.UNKNOWN, Reaction.FAIL),
    UNRELEASED_INSTANCE_ID(111, Certainty.UNKNOWN, Reaction.FAIL),
    UNSUPPORTED_ASSIGNOR(112, Certainty.UNKNOWN, Reaction.FAIL),
    STALE_MEMBER_EPOCH(113, Certainty.UNKNOWN, Reaction.FAIL),
    MISMATCHED_ENDPOINT_TYPE(114, Certainty.UNKNOWN, Reaction.FAIL),
    UNSUPPORTED_ENDPOINT_TYPE(115, Certainty.UNKNOWN, Reaction.FAIL),
    UNKNOWN_CONTROLLER_ID(116, Certainty.UNKNOWN, Reaction.FAIL),
    UNKNOWN_SUBSCRIPTION_ID(117, Certainty.UNKNOWN, Reaction.FAIL),
    TELEMETRY_TOO_LARGE(118, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_REGISTRATION(119, Certainty.UNKNOWN, Reaction.FAIL),
    TRANSACTION_ABORTABLE(120, Certainty.NOT_WRITTEN, Reaction.FAIL),
    INVALID_RECORD_STATE(121, Certainty.UNKNOWN, Reaction.FAIL),
    SHARE_SESSION_NOT_FOUND(122, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_SHARE_SESSION_EPOCH(123, Certainty.UNKNOWN, Reaction.FAIL),
    FENCED_STATE_EPOCH(124, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_VOTER_KEY(125, Certainty.UNKNOWN, Reaction.FAIL),
    DUPLICATE_VOTER(126, Certainty.UNKNOWN, Reaction.FAIL),
    VOTER_NOT_FOUND(127, Certainty.UNKNOWN, Reaction.FAIL),
    INVALID_REGULAR_EXPRESSION(128, Certainty.UNKNOWN, Reaction.FAIL),
    REBOOTSTRAP_REQUIRED(129, Certainty.NOT_WRITTEN, Reaction.REFRESH),
    STREAMS_INVALID_TOPOLOGY(130, Certainty.UNKNOWN, Reaction.FAIL),
    STREAMS_INVALID_TOPOLOGY_EPOCH(131, Certainty.UNKNOWN, Reaction.FAIL),
    STREAMS_TOPOLOGY_FENCED(132, Certainty.UNKNOWN, Reaction.FAIL),
    SHARE_SESSION_LIMIT_REACHED(133, Certainty.UNKNOWN, Reaction.FAIL),
    GROUP_DELETION_FAILED(134, Certainty.UNKNOWN, Reaction.FAIL),
    STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(135, Certainty.UNKNOWN, Reaction.FAIL),
    CONTROLLER_ID_NOT_REGISTERED(136, Certainty.UNKNOWN, Reaction.FAIL),

    /** Any number that is not in this table: a newer broker's. Never taken for success. */
    UNLISTED(Short.MIN_VALUE, Certainty.UNKNOWN, Reaction.FAIL);

    /** How certain the code makes it that the answered attempt wrote the batch. */
    public enum Certainty {
        NOT_WRITTEN,
        WRITTEN,
        UNKNOWN,
        /** UNKNOWN with acks all, where the leader may have appended before it lost leadership; else NOT_WRITTEN. */
        UNKNOWN_WITH_ACKS_ALL
    }

    /** What follows. */
    public enum Reaction {
        /** The batch is in the log. */
        ACCEPT,
        /** The same batch is sent again, after a backoff. */
        RETRY,
        /** The same batch is sent again when the broker lets it; only the time for that is bounded. */
        WAIT,
        /** The batch came in pieces: if it is sound where it is kept, it is sent again a few times (F13). */
        CHECK,
        /** The metadata is out of date: it is refreshed, and the batch is sent again. */
        REFRESH,
        /** The versions that were agreed on do not hold any more: once, they are agreed on anew, and the same batch is sent again. */
        RECONNECT,
        /** Too large: a batch of several messages may go in parts, one message fails. */
        SPLIT,
        /** The broker does not know what was sent before: what is not written is numbered anew, in the next epoch. */
        RESEQUENCE,
        /** The broker knows a higher epoch of the producer id: as {@link #RESEQUENCE}, with a new id. */
        NEW_ID,
        /** The batch fails. */
        FAIL
    }

    private static final Map<Short, ErrorCode> BY_CODE = new HashMap<>();

    static {
        for (ErrorCode error : values()) {
            BY_CODE.put(error.code, error);
        }
    }

    private final short code;
    private final Certainty certainty;
    private final Reaction reaction;

    ErrorCode(int code, Certainty certainty, Reaction reaction) {
        this.code = (short) code;
        this.certainty = certainty;
        this.reaction = reaction;
    }

    /** The entry of a number; {@link #UNLISTED} if there is none. */
    public static ErrorCode of(short code) {
        return BY_CODE.getOrDefault(code, UNLISTED);
    }

    /** The number on the wire. */
    public short code() {
        return code;
    }

    public Certainty certainty() {
        return certainty;
    }

    public Reaction reaction() {
        return reaction;
    }
}
