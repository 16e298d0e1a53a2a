package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.fault.Injury;
import java.util.List;
import java.util.Map;

/**
 * What a run showed. <em>Immutable.</em>
 *
 * @param seed the run's seed, which repeats it
 * @param scenario what the seed chose
 * @param problems every promise that was broken; empty for a good run
 * @param traceHash the run's fingerprint
 * @param delivered how many messages were delivered
 * @param failed how many failed
 * @param happened how often each injury happened
 * @param mattered how many messages it befell that were then sent again or failed
 * @param virtualNanos how long the run took in virtual time
 */
public record Outcome(
        long seed,
        Scenario scenario,
        List<String> problems,
        long traceHash,
        long delivered,
        long failed,
        Map<Injury, Integer> happened,
        Map<Injury, Integer> mattered,
        long virtualNanos) {

    /** Whether every promise was kept. */
    public boolean isGood() {
        return problems.isEmpty();
    }

    /** The first problems, and how to repeat the run. */
    public String describe() {
        var text = new StringBuilder("seed " + seed + ": " + problems.size() + " broken promises; repeat with")
                .append(" -Dtubepost.seed=")
                .append(seed)
                .append(" or Simulation.run(")
                .append(seed)
                .append("L)\n  ")
                .append(scenario);
        problems.stream().limit(10).forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }
}
