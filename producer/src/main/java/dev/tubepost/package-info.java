/**
 * The public API: a {@link dev.tubepost.Cluster} gives {@link dev.tubepost.Topic topics} and sessions, these give
 * {@link dev.tubepost.Producer producers}, and {@link dev.tubepost.Producer#produce} gives a {@link dev.tubepost.Message} that knows
 * what became of it.
 *
 * <p>Stage: the caller's thread. Next stage: {@code internal.client}, which admits and appends.
 */
@NullMarked
package dev.tubepost;

import org.jspecify.annotations.NullMarked;
