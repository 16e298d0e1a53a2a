package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CampaignTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return Campaign.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhatManySeedsShowed() throws InterruptedException {
        assertThat(run("--seeds", "5", "--from", "100")).isZero();
        assertThat(out()).contains("5 schedules in", "medians per seed", "1 seeds were run twice", "REPLY_LOST");
    }

    @Test
    void tellsWhatHappensInOneSeed() throws InterruptedException {
        assertThat(run("--seed", "100", "--trace")).isZero();
        assertThat(out()).contains("API_VERSIONS v", "PRODUCE v", "caller0", "trace ", "every promise was kept");
    }

    @Test
    void saysWhatItDoesNotUnderstand() throws InterruptedException {
        assertThat(run("--sede", "1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("what is --sede?", "Usage:");
    }

    @Test
    void namesTheInjuriesThatNeverMattered() {
        var tally = new Tally();
        tally.add(Simulation.run(100));
        assertThat(tally.findings()).anySatisfy(finding -> assertThat(finding).contains("changed no outcome"));
        assertThat(tally.findings()).contains("SEQUENCE_WRAPPED was never seen");
    }

    @Test
    void keepsTheFirstBadSeed() {
        var tally = new Tally();
        tally.add(Simulation.run(101).with("two"));
        tally.add(Simulation.run(100).with("one"));
        assertThat(tally.bad()).isNotNull().extracting(Outcome::seed).isEqualTo(100L);
    }

    @Test
    void countsFailuresByKindWhenItGoesOn() {
        var tally = new Tally();
        tally.add(Simulation.run(101).with("c1-7 to 0/3 has no outcome"));
        tally.add(Simulation.run(100).with("c0-12 to 1/0 has no outcome"));
        assertThat(tally.kinds()).containsExactly("2 times, as in seed 100: c# to #/# has no outcome");
    }
}
