package dev.tubepost.bench.suite;

import java.util.List;

/**
 * All that one call of the benchmark measured. <em>Immutable.</em>
 *
 * @param machine where
 * @param jvm with which Java, and its flags
 * @param commit of the source
 * @param date when, ISO 8601, UTC
 * @param command how to repeat it
 * @param comparisons one for each scenario
 */
record SuiteResult(
        String machine, String jvm, String commit, String date, String command, List<Comparison> comparisons) {}
