/**
 * The load loop: callers that produce as fast as they can to a server that only acknowledges, and what that cost this process, message by
 * message. Each client is measured in a process of its own, by the same code.
 */
@NullMarked
package dev.tubepost.bench.load;

import org.jspecify.annotations.NullMarked;
