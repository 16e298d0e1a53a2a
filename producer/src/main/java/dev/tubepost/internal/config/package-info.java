/**
 * Options as text: the table of names (ours, the specification's, kafka-clients'), how their values are read, and what is said about
 * a name or value that cannot be used. Uses nothing but the JDK, loads no class that a value names, and expands no placeholder.
 *
 * <p>Stage: before the first connection, on the caller's thread. Next stage: the options' builders.
 */
@NullMarked
package dev.tubepost.internal.config;

import org.jspecify.annotations.NullMarked;
