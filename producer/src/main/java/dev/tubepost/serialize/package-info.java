/**
 * Serializers: keys and values to bytes. Pure and public.
 *
 * <p>Stage: the caller's thread, first of all. Next stage: the partitioner.
 */
@NullMarked
package dev.tubepost.serialize;

import org.jspecify.annotations.NullMarked;
