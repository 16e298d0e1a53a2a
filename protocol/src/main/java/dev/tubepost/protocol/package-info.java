/**
 * Kafka's wire format, and nothing else: one file per message, the primitives they are made of, the record batch, and the one table of
 * error codes. Pure functions over buffers; a null of the wire is converted here, at the codec's edge.
 */
@NullMarked
package dev.tubepost.protocol;

import org.jspecify.annotations.NullMarked;
