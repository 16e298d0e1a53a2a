package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Ours against ours: whether a median ratio is 1, as nearly as is asked of a measurement that others are to trust. <em>Immutable.</em>
 *
 * @param scenario its name
 * @param metric of which the ratio is
 * @param ratio the median; null if a run had a problem
 */
record NullCheck(String scenario, String metric, @Nullable Spread ratio) {

    private static final double LEAST = 0.95;
    private static final double MOST = 1.05;

    /** Of throughput and CPU, wherever they were measured. */
    static List<NullCheck> of(List<Comparison> comparisons) {
        List<NullCheck> checks = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            for (String metric : List.of(Comparison.THROUGHPUT, Comparison.CPU)) {
                if (comparison.metrics(Peer.TUBEPOST).contains(metric)) {
                    Spread ratio = comparison.ratio(comparison.reference(), metric);
                    checks.add(new NullCheck(comparison.scenario().name(), metric, ratio));
                }
            }
        }
        return checks;
    }

    /** Whether there is a check, and each is passed. */
    static boolean areAllPassed(List<NullCheck> checks) {
        return !checks.isEmpty() && checks.stream().allMatch(NullCheck::isPassed);
    }

    boolean isPassed() {
        return ratio != null && ratio.median() >= LEAST && ratio.median() <= MOST;
    }

    /** As {@code ack-100 cpu_ns_per_message 1.07: not within 0.95 to 1.05}. */
    @Override
    public String toString() {
        // Three digits: with two, 1.053 would look as if it were within.
        String median = ratio == null ? "no ratio" : String.format(Locale.ROOT, "%.3f", ratio.median());
        return scenario + " " + metric + " " + median + (isPassed() ? ": within " : ": not within ") + LEAST + " to "
                + MOST;
    }
}
