/**
 * The wiring of everything, and the caller's side of {@code produce}: the only place where a caller's thread waits.
 *
 * <p>Stage: the caller's thread, first of all. Next stage: {@code internal.queue}.
 */
@NullMarked
package dev.tubepost.internal.client;

import org.jspecify.annotations.NullMarked;
