package dev.tubepost.bench.suite;

import dev.tubepost.bench.load.Median;
import java.util.Collection;
import java.util.Collections;

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
        double median = Median.of(values.stream().mapToDouble(Double::doubleValue));
        return new Spread(median, Collections.min(values), Collections.max(values));
    }
}
