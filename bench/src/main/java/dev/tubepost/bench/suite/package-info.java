/**
 * The suite: named scenarios, each client in a process of its own, in turn, and what came out side by side. {@link dev.tubepost.bench.suite.BenchMain}
 * starts; a {@link dev.tubepost.bench.suite.Scenario} says what is done; {@link dev.tubepost.bench.suite.Pairs} does it;
 * {@link dev.tubepost.bench.suite.Comparison} is what came out.
 */
@NullMarked
package dev.tubepost.bench.suite;

import org.jspecify.annotations.NullMarked;
