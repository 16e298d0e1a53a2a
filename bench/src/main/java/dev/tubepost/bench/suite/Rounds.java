package dev.tubepost.bench.suite;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is measured. <em>Immutable.</em>
 *
 * @param pairs how often each client has its turn
 * @param headlinePairs the same, in the scenarios that matter most
 * @param warmUps before a process measures
 * @param rounds that it measures
 * @param seconds that it measures at a fixed rate
 * @param latencyRuns processes that a turn has there: 1, as callbacks see it; 2, also as somebody sees it who waits, or without the slow broker
 * @param share of the messages of a round that is sent, as one of so many
 */
record Rounds(int pairs, int headlinePairs, WarmUps warmUps, int rounds, int seconds, int latencyRuns, int share) {

    /**
     * What does not count.
     *
     * @param rounds or seconds at a fixed rate
     * @param seconds how long these last at the least
     * @param limitSeconds how long they last at the most, in a JVM whose compilers are busy; and in a process that has none, since those of the server
     *     are busy, too
     */
    record WarmUps(int rounds, int seconds, int limitSeconds) {
        static final WarmUps NONE = new WarmUps(0, 0, 0);
    }

    /** With the rounds that count, a turn leaves at most 4 GB in a broker's log, which is in memory. */
    private static final long WARM_UP_BYTES = 3_000_000_000L;

    /** In a round: a fifth of a second for the fastest. */
    private static final int USUAL_MESSAGES = 2_000_000;

    /** Some two hours. */
    static final Rounds FULL = new Rounds(5, 9, new WarmUps(4, 5, 15), 4, 8, 2, 1);

    /** Under three minutes on two cores that have nothing else to do. */
    static final Rounds QUICK = new Rounds(1, 1, new WarmUps(1, 0, 0), 1, 1, 1, 10);

    /** Seconds: enough to see that everything works. */
    static final Rounds SMOKE = new Rounds(1, 1, WarmUps.NONE, 1, 1, 2, 500);

    Rounds withPairs(int count) {
        return new Rounds(count, count, warmUps, rounds, seconds, latencyRuns, share);
    }

    int pairsOf(Scenario scenario) {
        return scenario.isHeadline() ? headlinePairs : pairs;
    }

    /** The scenario's options, cut to size: the same for all clients. */
    Map<String, String> applyTo(Scenario scenario) {
        Map<String, String> options = new LinkedHashMap<>(scenario.options());
        switch (scenario.kind()) {
            case LOAD -> {
                int callers = scenario.option("callers", 1);
                int messages = scenario.option("messages", USUAL_MESSAGES) / share / callers * callers;
                options.put("messages", Integer.toString(messages));
                addWarmUps(options);
                if (scenario.target() == Scenario.Target.KAFKA) {
                    options.put("warm-up-bytes", Long.toString(WARM_UP_BYTES));
                }
                options.put("rounds", Integer.toString(rounds));
            }
            case LATENCY -> {
                addWarmUps(options);
                options.put("seconds", Integer.toString(seconds));
            }
            case START, OPEN -> {} // once, in a process that is not warm
        }
        return options;
    }

    private void addWarmUps(Map<String, String> options) {
        options.put("warm-ups", Integer.toString(warmUps.rounds()));
        options.put("warm-up-seconds", Integer.toString(warmUps.seconds()));
        options.put("warm-up-limit-seconds", Integer.toString(warmUps.limitSeconds()));
    }
}
