package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Where values lie between an axis's ends. <em>Immutable.</em>
 *
 * @param title what the values are
 * @param scale makes equal distances of what shall look equally far
 * @param low the value at its beginning
 * @param high the value at its end
 * @param ticks the values with a mark
 */
record Axis(String title, DoubleUnaryOperator scale, double low, double high, List<Tick> ticks) {

    private static final int MOST_TICKS = 6;
    private static final double[] ROUND = {1, 2, 5};
    private static final double[] PARTS = {0.2, 0.5, 1};

    /** A mark; without a label it is only a line. */
    record Tick(double value, String label) {}

    /** From 0 to the highest value, with few round marks. */
    static Axis linear(String title, double highest) {
        double high = highest > 0 ? highest : 1;
        double step = step(high);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= high * 1.0001; i++) {
            ticks.add(new Tick(i * step, Numbers.mark(i * step)));
        }
        return new Axis(title, DoubleUnaryOperator.identity(), 0, high, ticks);
    }

    /** From one positive value to another; both ends become 1, 2 or 5 times a power of ten. */
    static Axis logarithmic(String title, double lowest, double highest) {
        List<Double> round = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(lowest)); Math.pow(10, exponent) <= highest * 10; exponent++) {
            for (double step : ROUND) {
                round.add(step * Math.pow(10, exponent));
            }
        }
        double low = round.stream().filter(value -> value <= lowest).reduce(lowest, (a, b) -> b);
        double high = round.stream()
                .filter(value -> value >= highest && value > low)
                .findFirst()
                .orElse(highest);
        boolean labelsAll = high / low <= 2_000;
        List<Tick> ticks = round.stream()
                .filter(value -> value >= low && value <= high)
                .map(value -> new Tick(value, labelsAll || isPowerOfTen(value) ? Numbers.mark(value) : ""))
                .toList();
        return new Axis(title, Math::log10, low, high, ticks);
    }

    /** Each factor of ten of the tail is as far as the one before it: 90%, 99%, 99.9%. */
    static Axis percentiles() {
        return new Axis(
                "percentile",
                percentile -> -Math.log10(1 - percentile / 100),
                10,
                99.9,
                List.of(
                        new Tick(10, "10"),
                        new Tick(25, ""),
                        new Tick(50, "50"),
                        new Tick(75, "75"),
                        new Tick(90, "90"),
                        new Tick(95, "95"),
                        new Tick(99, "99"),
                        new Tick(99.5, "99.5"),
                        new Tick(99.9, "99.9")));
    }

    /** Logarithmic, and marked where something was measured. */
    static Axis measuredAt(String title, List<Double> values) {
        List<Double> sorted = values.stream().distinct().sorted().toList();
        return new Axis(
                title,
                Math::log10,
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.stream()
                        .map(value -> new Tick(value, Numbers.exact(value)))
                        .toList());
    }

    /** Between 0 at its beginning and 1 at its end. */
    double at(double value) {
        double begin = scale.applyAsDouble(low);
        double end = scale.applyAsDouble(high);
        double share = (scale.applyAsDouble(value) - begin) / (end - begin);
        return Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
    }

    private static double step(double high) {
        double step = Math.pow(10, Math.floor(Math.log10(high)));
        for (double part : PARTS) {
            if (high / (step * part) < MOST_TICKS) {
                return step * part;
            }
        }
        return step * 2;
    }

    private static boolean isPowerOfTen(double value) {
        double exponent = Math.log10(value);
        return Math.abs(exponent - Math.rint(exponent)) < 1e-9;
    }
}
