package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** The one table of error codes against Apache's. */
final class ErrorCodeTest {

    /** What Apache calls retriable for other requests, and no broker answers a Produce with. */
    private static final Set<ErrorCode> OTHER_REQUESTS = EnumSet.of(
            ErrorCode.OFFSET_NOT_AVAILABLE,
            ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE,
            ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE,
            ErrorCode.NOT_CONTROLLER,
            ErrorCode.ELECTION_NOT_NEEDED,
            ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
            ErrorCode.INVALID_FETCH_SESSION_EPOCH,
            ErrorCode.UNSTABLE_OFFSET_COMMIT,
            ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
            ErrorCode.SHARE_SESSION_NOT_FOUND,
            ErrorCode.INVALID_SHARE_SESSION_EPOCH,
            ErrorCode.SHARE_SESSION_LIMIT_REACHED,
            ErrorCode.BROKER_ID_NOT_REGISTERED,
            ErrorCode.CONTROLLER_ID_NOT_REGISTERED);

    @Test
    void everyNumberOfApacheIsHereUnderItsName() {
        for (Errors theirs : Errors.values()) {
            assertThat(ErrorCode.of(theirs.code()).name())
                    .as("code %d", theirs.code())
                    .isEqualTo(theirs.name());
        }
        assertThat(ErrorCode.values()).hasSize(Errors.values().length + 1); // and UNLISTED
    }

    @Test
    void aNumberThatIsNotHereIsUnlistedAndNeverASuccess() {
        ErrorCode unknown = ErrorCode.of((short) 20_000);
        assertThat(unknown).isEqualTo(ErrorCode.UNLISTED);
        assertThat(unknown.reaction()).isEqualTo(ErrorCode.Reaction.FAIL);
        assertThat(unknown.certainty()).isEqualTo(ErrorCode.Certainty.UNKNOWN);
    }

    @Test
    void whatApacheRetriesIsSentAgainHereToo() {
        for (Errors theirs : Errors.values()) {
            ErrorCode ours = ErrorCode.of(theirs.code());
            if (theirs.exception() instanceof RetriableException && !OTHER_REQUESTS.contains(ours)) {
                assertThat(ours.reaction())
                        .as(ours.name())
                        .isIn(
                                ErrorCode.Reaction.RETRY,
                                ErrorCode.Reaction.WAIT,
                                ErrorCode.Reaction.CHECK,
                                ErrorCode.Reaction.REFRESH);
            }
        }
    }

    @Test
    void onlyTwoAnswersMeanThatTheBatchIsInTheLog() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(code -> code.reaction() == ErrorCode.Reaction.ACCEPT))
                .containsExactly(ErrorCode.NONE, ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
    }

    @Test
    void whatIsAcceptedIsWrittenAndNothingElseIs() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.certainty() == ErrorCode.Certainty.WRITTEN)
                    .as(code.name())
                    .isEqualTo(code.reaction() == ErrorCode.Reaction.ACCEPT);
        }
    }
}
