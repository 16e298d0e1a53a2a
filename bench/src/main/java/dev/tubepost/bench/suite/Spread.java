package dev.tubepost.bench.suite;

import java.util.Arrays;
import java.util.Collection;

/**
 * Several measurements of the same. <em>Immutable.</em>
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param low the lowest
 * @param high the highest
 */
record Spread(double median, double low, double high) {

    /** Of one or more. */
    static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(median));
    }
}
