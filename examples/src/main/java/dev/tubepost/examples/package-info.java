/** Small programs, one idea each. Each takes the bootstrap servers as its argument. */
@NullMarked
package dev.tubepost.examples;

import org.jspecify.annotations.NullMarked;
