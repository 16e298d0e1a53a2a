package dev.tubepost.bench.load;

import java.util.stream.DoubleStream;

/** The number in the middle of others, or the mean of the two in the middle. <em>Stateless.</em> */
public final class Median {

    private Median() {}

    /** Of one or more. */
    public static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
