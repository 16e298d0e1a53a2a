/**
 * Security by name: makes the options of TLS and SASL from what was given by kafka-clients' names, and says what is wrong or missing by the names that
 * the user gave. Secrets that are needed and were not given are taken from the environment.
 *
 * <p>Stage: before the first connection, on the caller's thread, after {@code internal.config} has read the single values. Next stage: the options in
 * {@code dev.tubepost.security}.
 */
@NullMarked
package dev.tubepost.internal.config.secure;

import org.jspecify.annotations.NullMarked;
