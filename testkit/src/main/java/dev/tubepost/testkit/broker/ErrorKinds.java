package dev.tubepost.testkit.broker;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.protocol.Errors;

/** What the refusal of a batch means to who sent it, as the checks of a run see it. Static, without state. */
public final class ErrorKinds {

    private static final Set<Integer> PASSING = codes(
            Errors.REQUEST_TIMED_OUT,
            Errors.NOT_ENOUGH_REPLICAS,
            Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            Errors.COORDINATOR_LOAD_IN_PROGRESS,
            Errors.COORDINATOR_NOT_AVAILABLE,
            Errors.NOT_COORDINATOR,
            Errors.CONCURRENT_TRANSACTIONS,
            Errors.NETWORK_EXCEPTION);

    private static final Set<Integer> TOO_LARGE = codes(Errors.MESSAGE_TOO_LARGE, Errors.RECORD_LIST_TOO_LARGE);

    private static final Set<Integer> OUT_OF_SEQUENCE =
            codes(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, Errors.UNKNOWN_PRODUCER_ID, Errors.INVALID_PRODUCER_EPOCH);

    private ErrorKinds() {}

    private static Set<Integer> codes(Errors... errors) {
        return Arrays.stream(errors).map(error -> (int) error.code()).collect(Collectors.toUnmodifiableSet());
    }

    /** After it a message is sent again, as often as it may be. */
    public static boolean isPassing(int code) {
        return PASSING.contains(code);
    }

    /** After it a batch is sent in parts. */
    public static boolean isTooLarge(int code) {
        return TOO_LARGE.contains(code);
    }

    /** A producer has to mend it by itself, as long as nothing that was written depends on it. */
    public static boolean isOutOfSequence(int code) {
        return OUT_OF_SEQUENCE.contains(code);
    }
}
