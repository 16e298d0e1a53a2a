/**
 * Bytes of others, made up: not part of any message's way. Whatever reads them runs on one thread, that of the fuzzer or of the test that plays the
 * corpus again. What it shows holds for {@code protocol}, {@code internal.net}, {@code config}, {@code sasl} and
 * {@code tls}.
 */
@NullMarked
package dev.tubepost.fuzz;

import org.jspecify.annotations.NullMarked;
