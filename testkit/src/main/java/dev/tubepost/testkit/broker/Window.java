package dev.tubepost.testkit.broker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many batches of a partition are underway on one connection, as its broker sees it: they came before those ahead of them were answered.
 * <em>Confined to the run's thread.</em>
 */
final class Window {

    /** How many batches of a partition may be underway at once ({@code max.in.flight.requests.per.connection} of an idempotent producer). */
    private static final int LARGEST = 5;

    private final FateSource fates;
    private final Map<String, ArrayDeque<Long>> answers = new HashMap<>();

    Window(FateSource fates) {
        this.fates = fates;
    }

    /** A batch that came at one time is answered at another. */
    void answered(String partition, long cameNanos, long nowNanos) {
        ArrayDeque<Long> sinceItCame = answers.computeIfAbsent(partition, any -> new ArrayDeque<>());
        while (!sinceItCame.isEmpty() && sinceItCame.getFirst() <= cameNanos) {
            sinceItCame.removeFirst();
        }
        sinceItCame.add(nowNanos);
        if (sinceItCame.size() > 1) {
            fates.onTransition(Transition.WINDOW_OPENED);
        }
        if (sinceItCame.size() >= LARGEST) {
            fates.onTransition(Transition.WINDOW_FULL);
        }
    }
}
