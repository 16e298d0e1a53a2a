/** Tests of the command, in this process; those that end in {@code IT} run it as a process. */
@NullMarked
package dev.tubepost.cli;

import org.jspecify.annotations.NullMarked;
