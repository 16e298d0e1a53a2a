/**
 * A whole run from one seed: the unmodified producer, simulated callers, model brokers, what goes wrong, and the check of what was promised.
 *
 * <p>Confined to the one thread of a run; runs share nothing, so many may go at once. Begin with {@link dev.tubepost.testkit.sim.Simulation}.
 */
@NullMarked
package dev.tubepost.testkit.sim;

import org.jspecify.annotations.NullMarked;
