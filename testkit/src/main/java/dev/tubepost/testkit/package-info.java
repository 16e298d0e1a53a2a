/** A mock producer, for unit tests of programs that produce; the packages below are the simulation. */
@NullMarked
package dev.tubepost.testkit;

import org.jspecify.annotations.NullMarked;
