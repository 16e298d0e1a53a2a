package dev.tubepost.testkit.sim;

import java.util.Map;

/** The faults that no injury plays. <em>Static, without state.</em> */
final class NotPlayed {

    private static final String SEEN = "shown by a transition, which each campaign must have seen: ";
    private static final String TESTS = "not here; its own tests: ";
    private static final String USER = "user code, on threads of its own: ";

    /** Each with its reason; what is played after all must go from here. */
    static final Map<String, String> FAULTS = Map.ofEntries(
            Map.entry("F37", TESTS + "topics that come back with fewer partitions"),
            Map.entry("F46", TESTS + "the size of the cluster"),
            Map.entry("F47", SEEN + "SEQUENCE_WRAPPED"),
            Map.entry("F51", SEEN + "SEQUENCE_MENDED, and the oracle's offsets"),
            Map.entry("F52", SEEN + "WINDOW_FULL, and Window for what is beyond"),
            Map.entry("F55", SEEN + "REFUSED_THEN_TAKEN, and the oracle's order"),
            Map.entry("F71", TESTS + "the clock's arithmetic"),
            Map.entry("F73", SEEN + "NO_ROOM"),
            Map.entry("F78", TESTS + "the compressors"),
            Map.entry("F91", TESTS + "the ring of queues"),
            Map.entry("F92", TESTS + "threads"),
            Map.entry("F94", TESTS + "threads, and what is left after a close"),
            Map.entry("F95", USER + "metrics and logs"),
            Map.entry("F96", TESTS + "the options"));

    private NotPlayed() {}
}
