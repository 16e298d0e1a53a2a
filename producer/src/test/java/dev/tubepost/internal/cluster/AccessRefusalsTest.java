package dev.tubepost.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When all that answered have refused, and not before. */
final class AccessRefusalsTest {

    private static final ConnectionLoss REFUSAL = new ConnectionLoss(Kind.AUTHENTICATION, "wrong password", null);
    private static final ConnectionLoss NOBODY = new ConnectionLoss(Kind.REFUSED, "nobody listens", null);

    private final AccessRefusals refusals = new AccessRefusals(new Backoff(new Random(1), 1_000, 10_000));

    @Test
    void oneRefusalMayBeAPasswordThatTheBrokerHasNotHeardOf() {
        assertThat(refusals.isTime(REFUSAL, 1)).isFalse();
        assertThat(refusals.isTime(REFUSAL, 1)).isTrue();
    }

    @Test
    void whileABrokerIsLeftThatMayLetUsInNobodyIsTold() {
        assertThat(refusals.isTime(REFUSAL, 3)).isFalse();
        assertThat(refusals.isTime(REFUSAL, 3)).isFalse();
        assertThat(refusals.isTime(REFUSAL, 3)).isTrue();
    }

    @Test
    void aBrokerThatCannotBeReachedHadItsChance() {
        assertThat(refusals.isTime(REFUSAL, 2)).isFalse();
        assertThat(refusals.isTime(NOBODY, 2)).isFalse();
        assertThat(refusals.isTime(REFUSAL, 2)).isTrue();
    }

    @Test
    void brokersThatCannotBeReachedRefuseNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(refusals.isTime(NOBODY, 2)).isFalse();
        }
    }

    @Test
    void onceToldEachRefusalIsToldAndThePauseIsLonger() {
        assertThat(refusals.pauseNanos(5)).isEqualTo(5);
        refusals.isTime(REFUSAL, 1);
        refusals.isTime(REFUSAL, 1);
        assertThat(refusals.pauseNanos(5)).isGreaterThan(700);
        assertThat(refusals.isTime(REFUSAL, 1)).isTrue();
        assertThat(refusals.isTime(NOBODY, 1)).isFalse();
    }

    @Test
    void whoeverLetsUsInIsRememberedAsSuch() {
        refusals.isTime(REFUSAL, 1);
        refusals.isTime(REFUSAL, 1);
        refusals.reset();
        assertThat(refusals.pauseNanos(5)).isEqualTo(5);
        assertThat(refusals.isTime(REFUSAL, 1)).isFalse();
    }
}
