package dev.tubepost.bench.suite;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is measured. <em>Immutable.</em>
 *
 * @param pairs how often each client has its turn
 * @param headlinePairs the same, in the scenarios that matter most
 * @param warmUps rounds, or seconds at a fixed rate, before a process measures
 * @param warmUpSeconds how long these last at the least, in a JVM under load
 * @param rounds that it measures
 * @param seconds that it measures at a fixed rate
 * @param share of the messages of a round that is sent, as one of so many
 */
record Rounds(int pairs, int headlinePairs, int warmUps, int warmUpSeconds, int rounds, int seconds, int share) {

    /** In a round: a fifth of a second for the fastest. */
    private static final int USUAL_MESSAGES = 2_000_000;

    /** Most of an hour. */
    static final Rounds FULL = new Rounds(5, 9, 4, 5, 4, 8, 1);

    /** Three minutes. */
    static final Rounds QUICK = new Rounds(1, 1, 1, 1, 2, 1, 3);

    /** Seconds: enough to see that everything works. */
    static final Rounds SMOKE = new Rounds(1, 1, 0, 0, 1, 1, 50);

    Rounds withPairs(int count) {
        return new Rounds(count, count, warmUps, warmUpSeconds, rounds, seconds, share);
    }

    /** For what was compiled beforehand: one round, in which connections are made. */
    Rounds withoutWarmUp() {
        return new Rounds(pairs, headlinePairs, Math.min(1, warmUps), 0, rounds, seconds, share);
    }

    int pairsOf(Scenario scenario) {
        return scenario.isHeadline() ? headlinePairs : pairs;
    }

    /** The scenario's options, cut to size. */
    Map<String, String> applyTo(Scenario scenario) {
        Map<String, String> options = new LinkedHashMap<>(scenario.options());
        int callers = scenario.option("callers", 1);
        int messages = scenario.option("messages", USUAL_MESSAGES) / share / callers * callers;
        options.put("messages", Integer.toString(messages));
        options.put("warm-ups", Integer.toString(warmUps));
        options.put("rounds", Integer.toString(rounds));
        if (scenario.kind() == Scenario.Kind.LATENCY) {
            options.put("seconds", Integer.toString(seconds));
        }
        return options;
    }
}
