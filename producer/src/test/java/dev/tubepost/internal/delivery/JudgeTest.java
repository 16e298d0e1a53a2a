package dev.tubepost.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.protocol.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verdicts on attempts, one by one. */
final class JudgeTest {

    private static final short ALL = -1;
    private static final short LEADER = 1;

    private final Judge judge = new Judge(3);

    @Test
    void noErrorIsDeliveredAtTheAnswersOffset() {
        assertThat(judge.judge(answer(ErrorCode.NONE, ALL))).isEqualTo(new Verdict.Delivered(true));
    }

    @Test
    void aDuplicateSequenceIsDeliveredAtAnOffsetThatNobodyKnows() {
        assertThat(judge.judge(answer(ErrorCode.DUPLICATE_SEQUENCE_NUMBER, ALL)))
                .isEqualTo(new Verdict.Delivered(false));
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"NONE", "DUPLICATE_SEQUENCE_NUMBER"},
            mode = EnumSource.Mode.EXCLUDE)
    void noOtherCodeIsTakenForSuccess(ErrorCode error) {
        assertThat(judge.judge(answer(error, ALL))).isNotInstanceOf(Verdict.Delivered.class);
    }

    @Test
    void leaderAndMetadataErrorsRefreshAndDoNotCount() {
        Set<ErrorCode> leader = EnumSet.of(
                ErrorCode.NOT_LEADER_OR_FOLLOWER,
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                ErrorCode.LEADER_NOT_AVAILABLE,
                ErrorCode.FENCED_LEADER_EPOCH,
                ErrorCode.UNKNOWN_LEADER_EPOCH,
                ErrorCode.UNKNOWN_TOPIC_ID,
                ErrorCode.KAFKA_STORAGE_ERROR);
        for (ErrorCode error : leader) {
            var attempt = new Attempt(error, true, true, LEADER, false, false, 1_000, 10, false);
            assertThat(judge.judge(attempt)).as(error.name()).isInstanceOfSatisfying(Verdict.Retry.class, retry -> {
                assertThat(retry.counts()).isFalse();
                assertThat(retry.refresh()).isTrue();
            });
        }
    }

    @Test
    void aLostLeaderMayHaveAppendedWithAcksAllOnly() {
        assertThat(judge.judge(answer(ErrorCode.NOT_LEADER_OR_FOLLOWER, ALL)))
                .isEqualTo(new Verdict.Retry(true, false, true));
        assertThat(judge.judge(answer(ErrorCode.NOT_LEADER_OR_FOLLOWER, LEADER)))
                .isEqualTo(new Verdict.Retry(false, false, true));
    }

    @Test
    void anErrorThatNamesAnOffsetMayHaveAppended() {
        var attempt = new Attempt(ErrorCode.NOT_LEADER_OR_FOLLOWER, true, true, LEADER, true, false, 0, 10, false);
        assertThat(judge.judge(attempt)).isEqualTo(new Verdict.Retry(true, false, true));
    }

    @Test
    void retriesEndWithTheLastCountedAttempt() {
        assertThat(judge.judge(counted(ErrorCode.REQUEST_TIMED_OUT, 2)))
                .isEqualTo(new Verdict.Retry(true, true, false));
        assertThat(judge.judge(counted(ErrorCode.REQUEST_TIMED_OUT, 3))).isEqualTo(new Verdict.Failed(true, true));
        assertThat(judge.judge(counted(ErrorCode.NOT_ENOUGH_REPLICAS, 3))).isEqualTo(new Verdict.Failed(false, true));
    }

    @Test
    void whatAnEarlierAttemptLeftUnknownStaysUnknown() {
        for (ErrorCode error : ErrorCode.values()) {
            var attempt = new Attempt(error, true, true, ALL, false, true, 3, 10, false);
            if (judge.judge(attempt) instanceof Verdict.Failed failed) {
                assertThat(failed.maybeWritten()).as(error.name()).isTrue();
            }
        }
    }

    @Test
    void aRefusedBatchIsCertainlyNotWritten() {
        for (ErrorCode error : EnumSet.of(
                ErrorCode.INVALID_RECORD,
                ErrorCode.INVALID_TIMESTAMP,
                ErrorCode.TOPIC_AUTHORIZATION_FAILED,
                ErrorCode.INVALID_REQUIRED_ACKS,
                ErrorCode.UNSUPPORTED_COMPRESSION_TYPE)) {
            assertThat(judge.judge(answer(error, ALL)))
                    .as(error.name())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.maybeWritten()).isFalse());
        }
    }

    @Test
    void aNumberThatNobodyListedFailsAsMaybeWritten() {
        assertThat(judge.judge(answer(ErrorCode.of((short) 9999), ALL))).isEqualTo(new Verdict.Failed(true, false));
    }

    @Test
    void versionsThatDoNotHoldAnyMoreAreAgreedOnAnewOnce() {
        assertThat(judge.judge(counted(ErrorCode.UNSUPPORTED_VERSION, 0)))
                .isEqualTo(new Verdict.Retry(false, true, false, true));
        assertThat(judge.judge(alike(ErrorCode.UNSUPPORTED_VERSION, 1, true)))
                .isEqualTo(new Verdict.Failed(false, false));
    }

    @Test
    void versionsAreAgreedOnAnewThoughNoRetryIsLeft() {
        Verdict once = new Verdict.Retry(false, true, false, true);
        assertThat(judge.judge(counted(ErrorCode.UNSUPPORTED_VERSION, 3))).isEqualTo(once);
        assertThat(new Judge(0).judge(counted(ErrorCode.UNSUPPORTED_VERSION, 0)))
                .isEqualTo(once);
    }

    @Test
    void aBatchThatIsSoundHereIsSentAgainAFewTimesThoughTheBrokerFoundItCorrupt() {
        Judge patient = new Judge(Integer.MAX_VALUE);
        assertThat(patient.judge(alike(ErrorCode.CORRUPT_MESSAGE, 2, true)))
                .isEqualTo(new Verdict.Retry(false, true, false));
        assertThat(patient.judge(alike(ErrorCode.CORRUPT_MESSAGE, 3, true))).isEqualTo(new Verdict.Failed(false, true));
        assertThat(judge.judge(counted(ErrorCode.CORRUPT_MESSAGE, 3))).isEqualTo(new Verdict.Failed(false, true));
    }

    @Test
    void aBatchThatIsCorruptHereFailsAtOnce() {
        assertThat(judge.judge(alike(ErrorCode.CORRUPT_MESSAGE, 0, false))).isEqualTo(new Verdict.Failed(false, false));
    }

    @Test
    void aQuotaIsWaitedForAndDoesNotCount() {
        assertThat(judge.judge(counted(ErrorCode.THROTTLING_QUOTA_EXCEEDED, 1_000)))
                .isEqualTo(new Verdict.Retry(false, false, false));
    }

    @Test
    void theBrokersOwnNetworkTroubleCountsAsATimeoutDoes() {
        assertThat(judge.judge(counted(ErrorCode.NETWORK_EXCEPTION, 2)))
                .isEqualTo(new Verdict.Retry(true, true, false));
        assertThat(judge.judge(counted(ErrorCode.NETWORK_EXCEPTION, 3))).isEqualTo(new Verdict.Failed(true, true));
    }

    @Test
    void nobodyIsAskedForALeaderThatTheAnswerNames() {
        var attempt = new Attempt(
                ErrorCode.NOT_LEADER_OR_FOLLOWER, true, true, LEADER, false, false, 0, 10, false, false, true, 0, true);
        assertThat(judge.judge(attempt)).isEqualTo(new Verdict.Retry(false, false, false));
    }

    @Test
    void whatABrokerNeverSaysOfABatchLeavesItUnknown() {
        for (ErrorCode error : EnumSet.of(ErrorCode.SECURITY_DISABLED, ErrorCode.SASL_AUTHENTICATION_FAILED)) {
            assertThat(judge.judge(answer(error, ALL))).as(error.name()).isEqualTo(new Verdict.Failed(true, false));
        }
    }

    @Test
    void aTooLargeBatchOfSeveralMessagesIsSplit() {
        assertThat(judge.judge(new Attempt(ErrorCode.MESSAGE_TOO_LARGE, true, true, ALL, false, false, 0, 2, false)))
                .isEqualTo(new Verdict.Split());
        assertThat(judge.judge(new Attempt(ErrorCode.MESSAGE_TOO_LARGE, true, true, ALL, false, false, 0, 1, false)))
                .isEqualTo(new Verdict.Failed(false, false));
    }

    @Test
    void aTooLargeBatchThatMayBeWrittenIsReportedAndNotSplit() {
        assertThat(judge.judge(new Attempt(ErrorCode.MESSAGE_TOO_LARGE, true, true, ALL, false, true, 0, 2, true)))
                .isEqualTo(new Verdict.Failed(true, true));
    }

    @Test
    void whatABrokerSaysOfSequencesDependsOnWhatWasSentBefore() {
        for (ErrorCode error : EnumSet.of(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, ErrorCode.UNKNOWN_PRODUCER_ID)) {
            assertThat(judge.judge(stamped(error))).isEqualTo(new Verdict.OutOfSequence(false));
        }
        assertThat(judge.judge(stamped(ErrorCode.INVALID_PRODUCER_EPOCH))).isEqualTo(new Verdict.OutOfSequence(true));
        assertThat(judge.judge(stamped(ErrorCode.DUPLICATE_SEQUENCE_NUMBER))).isEqualTo(new Verdict.Delivered(false));
    }

    @Test
    void aBatchWithoutASequenceNumberCannotBeOutOfSequence() {
        assertThat(judge.judge(answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, ALL)))
                .isEqualTo(new Verdict.Failed(false, false));
    }

    private static Attempt stamped(ErrorCode error) {
        return new Attempt(error, true, true, ALL, false, false, 0, 10, true);
    }

    @Test
    void aConnectionLostBeforeTheFirstByteCostsNoAttempt() {
        assertThat(judge.judge(lost(false, 1_000))).isEqualTo(new Verdict.Retry(false, false, true));
    }

    @Test
    void aConnectionLostAfterwardsLeavesItUnknown() {
        assertThat(judge.judge(lost(true, 0))).isEqualTo(new Verdict.Retry(true, true, true));
        assertThat(judge.judge(lost(true, 3))).isEqualTo(new Verdict.Failed(true, true));
    }

    private static Attempt answer(ErrorCode error, short acks) {
        return new Attempt(error, true, true, acks, false, false, 0, 10, false);
    }

    private static Attempt counted(ErrorCode error, int attempts) {
        return new Attempt(error, true, true, ALL, false, false, attempts, 10, false);
    }

    private static Attempt alike(ErrorCode error, int before, boolean sound) {
        return new Attempt(error, true, true, ALL, false, false, 0, 10, false, false, false, before, sound);
    }

    private static Attempt lost(boolean anyByteWritten, int counted) {
        return new Attempt(ErrorCode.NONE, false, anyByteWritten, ALL, false, false, counted, 10, false);
    }
}
