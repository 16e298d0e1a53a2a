/**
 * What an attempt came to, and what follows from it: pure decisions, without time, network or state.
 *
 * <p>Stage: called by a broker worker for each batch of a reply or of a lost connection.
 */
@NullMarked
package dev.tubepost.internal.delivery;

import org.jspecify.annotations.NullMarked;
