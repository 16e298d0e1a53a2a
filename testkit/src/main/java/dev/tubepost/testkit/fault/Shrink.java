package dev.tubepost.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list shorter while it still does what it did: delta debugging, Zeller and Hildebrandt, <i>Simplifying and Isolating Failure-Inducing Input</i>,
 * 2002. <em>Static, without state.</em>
 */
public final class Shrink {

    private Shrink() {}

    /**
     * A part of the list that still fails, and of which no single element can be left out.
     *
     * @param fails whether a part fails; the whole list does
     * @param mostTries how often that may be asked
     */
    public static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails, int mostTries) {
        List<T> best = failing;
        int tries = 0;
        int parts = 2;
        while (!best.isEmpty() && tries < mostTries) {
            int length = Math.max(1, (best.size() + parts - 1) / parts);
            List<T> shorter = null;
            for (int from = 0; from < best.size() && shorter == null && tries < mostTries; from += length) {
                var without = new ArrayList<T>(best.subList(0, from));
                without.addAll(best.subList(Math.min(best.size(), from + length), best.size()));
                tries++;
                if (fails.test(without)) {
                    shorter = without;
                }
            }
            if (shorter != null) {
                best = shorter;
                parts = Math.max(2, parts - 1);
            } else if (length == 1) {
                return best;
            } else {
                parts = Math.min(best.size(), 2 * parts);
            }
        }
        return best;
    }
}
