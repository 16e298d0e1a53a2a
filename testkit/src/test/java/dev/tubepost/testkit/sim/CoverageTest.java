package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.fault.Injury;
import org.junit.jupiter.api.Test;

/** What a campaign must show is what is asked of it, and no fault is forgotten. */
final class CoverageTest {

    @Test
    void namesEachCodeThatWasNotAnswered() {
        assertThat(Coverage.missingCodes(code -> code != 18 && code != 999))
                .containsExactly("code 18 was never answered with effect", "code 999 was never answered with effect");
    }

    @Test
    void eachFaultIsPlayedOrHasAReasonWhyNot() {
        assertThat(Coverage.missingFaults(injury -> true)).isEmpty();
    }

    @Test
    void namesAFaultOfWhichNoInjuryMattered() {
        assertThat(Coverage.missingFaults(injury -> injury != Injury.BROKER_PAUSED))
                .containsExactly("F17 changed no outcome");
    }
}
