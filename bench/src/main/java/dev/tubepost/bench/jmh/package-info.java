/** Microbenchmarks of what each message and each batch goes through. {@code ./bench/run jmh} runs them. */
@NullMarked
package dev.tubepost.bench.jmh;

import org.jspecify.annotations.NullMarked;
