package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.fault.Decisions.Decision;
import dev.tubepost.testkit.fault.Injury;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run showed. <em>Immutable.</em>
 *
 * @param seed the run's seed, which repeats it
 * @param scenario what the seed chose
 * @param problems every promise that was broken; empty for a good run
 * @param traceHash the run's fingerprint
 * @param delivered how many messages were delivered
 * @param failed how many failed
 * @param resends how many requests came with messages that had come before
 * @param struck what went wrong, in order
 * @param happened how often each injury happened
 * @param mattered how often each changed an outcome
 * @param errors how often each error's number was answered to messages that were then sent again or failed
 * @param transitions how often the producer changed its state in each way
 * @param virtualNanos how long the run took in virtual time
 */
public record Outcome(
        long seed,
        Scenario scenario,
        List<String> problems,
        long traceHash,
        long delivered,
        long failed,
        int resends,
        List<Decision> struck,
        Map<Injury, Integer> happened,
        Map<Injury, Integer> mattered,
        Map<Short, Integer> errors,
        Map<Transition, Integer> transitions,
        long virtualNanos) {

    /** Whether every promise was kept. */
    public boolean isGood() {
        return problems.isEmpty();
    }

    /** The same, with one more problem. */
    Outcome with(String problem) {
        return new Outcome(
                seed,
                scenario,
                Stream.concat(problems.stream(), Stream.of(problem)).toList(),
                traceHash,
                delivered,
                failed,
                resends,
                struck,
                happened,
                mattered,
                errors,
                transitions,
                virtualNanos);
    }

    /** How many messages the producer accepted. */
    public long messages() {
        return delivered + failed;
    }

    /** How many injuries changed an outcome. */
    public int effectiveFaults() {
        return mattered.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The first problems, and how to repeat the run. */
    public String describe() {
        var text = new StringBuilder(
                        "seed " + seed + ": " + problems.size() + " broken promises; repeat with ./simulate --seed ")
                .append(seed)
                .append(" --trace, or -Dtubepost.seed=")
                .append(seed)
                .append("\n  ")
                .append(scenario);
        problems.stream().limit(10).forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }
}
