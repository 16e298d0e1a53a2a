package dev.tubepost.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.fault.Decisions.Decision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DecisionsTest {

    private static final int TIMES = 400;

    private final Swarm swarm = Swarm.random(new SplittableRandom(4));

    private static List<Decision> ask(Decisions decisions) {
        for (int i = 0; i < TIMES; i++) {
            for (Injury injury : Injury.values()) {
                decisions.strikes(injury);
            }
        }
        return decisions.struck();
    }

    @Test
    void strikesAgainWhereItStruck() {
        List<Decision> struck = ask(new Decisions(7, swarm, null));
        assertThat(struck).isNotEmpty().isEqualTo(ask(new Decisions(7, swarm, null)));
        assertThat(ask(new Decisions(8, swarm, null))).isNotEqualTo(struck);
    }

    @Test
    void leavesTheOthersAsTheyAreWhenSomeAreLeftOut() {
        List<Decision> struck = ask(new Decisions(7, swarm, null));
        var everyThird = new ArrayList<Decision>();
        for (int i = 0; i < struck.size(); i += 3) {
            everyThird.add(struck.get(i));
        }
        assertThat(ask(new Decisions(7, swarm, new HashSet<>(everyThird)))).isEqualTo(everyThird);
    }

    @Test
    void hasTheSameDetailsWhateverStruckBefore() {
        var all = new Decisions(7, Swarm.only(Injury.SLOW), null);
        all.strikes(Injury.SLOW);
        all.strikes(Injury.SLOW);
        var second =
                new Decisions(7, Swarm.only(Injury.SLOW), Set.of(all.struck().get(1)));
        assertThat(second.strikes(Injury.SLOW)).isFalse();
        assertThat(second.strikes(Injury.SLOW)).isTrue();
        assertThat(second.details().nextLong()).isEqualTo(all.details().nextLong());
    }

    @Test
    void strikesNoMoreWhenItIsOver() {
        var decisions = new Decisions(7, swarm, null);
        decisions.end();
        assertThat(ask(decisions)).isEmpty();
    }
}
