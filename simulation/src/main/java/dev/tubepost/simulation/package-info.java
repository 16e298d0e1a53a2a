/**
 * Bugs that are put into the producer on purpose, to see that the simulation finds them.
 *
 * <p>Begin with {@link dev.tubepost.simulation.Hunt}. A bug is a patch of the producer's sources ({@link dev.tubepost.simulation.PlantedBug}); what it changes
 * is compiled against the producer as it is ({@link dev.tubepost.simulation.PatchedClasses}), and a class loader of its own brings simulation and changed
 * producer together ({@link dev.tubepost.simulation.SimulatedWorld}).
 */
@NullMarked
package dev.tubepost.simulation;

import org.jspecify.annotations.NullMarked;
