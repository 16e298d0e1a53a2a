package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.Fate;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.protocol.Errors;

/** Which error is answered to a partition of a Produce request. <em>Static, without state.</em> */
final class Refusals {

    private static final short ALL = -1;

    /** A number that no release of Kafka has. */
    private static final short UNLISTED = 999;

    /** Nothing is written, and it may be sent again. */
    private static final List<Errors> PASSING = List.of(
            Errors.NOT_ENOUGH_REPLICAS,
            Errors.LEADER_NOT_AVAILABLE,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.REPLICA_NOT_AVAILABLE,
            Errors.LISTENER_NOT_FOUND,
            Errors.FENCED_LEADER_EPOCH,
            Errors.UNKNOWN_LEADER_EPOCH,
            Errors.COORDINATOR_LOAD_IN_PROGRESS,
            Errors.COORDINATOR_NOT_AVAILABLE,
            Errors.NOT_COORDINATOR,
            Errors.CONCURRENT_TRANSACTIONS,
            Errors.THROTTLING_QUOTA_EXCEEDED,
            Errors.INCONSISTENT_TOPIC_ID);

    /** Nobody waits for replicas. */
    private static final List<Errors> PASSING_WITHOUT_REPLICAS = PASSING.stream()
            .filter(error -> error != Errors.NOT_ENOUGH_REPLICAS)
            .toList();

    /** After these the records may be in the log, and here they are. */
    private static final List<Errors> WRITTEN_ALL_THE_SAME =
            List.of(Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND, Errors.REQUEST_TIMED_OUT, Errors.NETWORK_EXCEPTION);

    /** What a leader with acks -1 says that has appended and then lost the leadership. */
    private static final List<Errors> MOVED = List.of(Errors.NOT_LEADER_OR_FOLLOWER, Errors.UNKNOWN_TOPIC_OR_PARTITION);

    private static final List<Errors> FOR_GOOD = List.of(
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.TOPIC_AUTHORIZATION_FAILED,
            Errors.CLUSTER_AUTHORIZATION_FAILED,
            Errors.POLICY_VIOLATION,
            Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT,
            Errors.UNSUPPORTED_COMPRESSION_TYPE,
            Errors.INVALID_TIMESTAMP,
            Errors.INVALID_REQUIRED_ACKS,
            Errors.INVALID_REQUEST,
            Errors.INVALID_TXN_STATE,
            Errors.INVALID_PRODUCER_ID_MAPPING,
            Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            Errors.PRODUCER_FENCED,
            Errors.TRANSACTION_ABORTABLE);

    private Refusals() {}

    static Fate of(Injury injury, short acks, SplittableRandom details) {
        return switch (injury) {
            case REFUSED -> refused(injury, any(acks == ALL ? PASSING : PASSING_WITHOUT_REPLICAS, details));
            case CORRUPTED -> refused(injury, Errors.CORRUPT_MESSAGE);
            case REFUSED_FOR_GOOD -> refused(injury, any(FOR_GOOD, details));
            case RECORDS_REFUSED -> refused(injury, Errors.INVALID_RECORD);
            case WRITTEN_BUT_ERROR -> {
                Errors error = any(WRITTEN_ALL_THE_SAME, details);
                yield written(injury, (acks == ALL ? error : Errors.NETWORK_EXCEPTION).code());
            }
            case WRITTEN_BUT_MOVED -> written(injury, any(MOVED, details).code());
            case WRITTEN_AS_DUPLICATE -> written(injury, Errors.DUPLICATE_SEQUENCE_NUMBER.code());
            case STORAGE_ERROR -> either(injury, Errors.KAFKA_STORAGE_ERROR.code(), details);
            case UNKNOWN_ERROR ->
                either(injury, details.nextBoolean() ? UNLISTED : Errors.UNKNOWN_SERVER_ERROR.code(), details);
            default -> throw new IllegalStateException(injury + " does not befall a partition");
        };
    }

    private static Fate either(Injury injury, short error, SplittableRandom details) {
        return details.nextBoolean() ? written(injury, error) : new Fate(Fate.Kind.REFUSED, error, 0, injury);
    }

    private static Fate refused(Injury injury, Errors error) {
        return new Fate(Fate.Kind.REFUSED, error.code(), 0, injury);
    }

    private static Fate written(Injury injury, short error) {
        return new Fate(Fate.Kind.WRITTEN_BUT_ERROR, error, 0, injury);
    }

    private static Errors any(List<Errors> some, SplittableRandom details) {
        return some.get(details.nextInt(some.size()));
    }
}
