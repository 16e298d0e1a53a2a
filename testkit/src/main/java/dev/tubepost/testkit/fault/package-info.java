/**
 * What goes wrong in a run, and the count of it. A new way to fail is one more constant in {@link dev.tubepost.testkit.fault.Injury} and one place that
 * asks {@link dev.tubepost.testkit.fault.Decisions} whether it strikes.
 *
 * <p>Confined to the one thread of a run.
 */
@NullMarked
package dev.tubepost.testkit.fault;

import org.jspecify.annotations.NullMarked;
