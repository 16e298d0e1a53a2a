/**
 * Partitioners: which partition a message goes to. Pure and public.
 *
 * <p>Stage: the caller's thread, after serialization; the report thread for messages that waited for their topic's metadata. Next
 * stage: admission.
 */
@NullMarked
package dev.tubepost.partition;

import org.jspecify.annotations.NullMarked;
