/**
 * The producer's environment on one thread: virtual time, and a seed that decides who runs next.
 *
 * <p>Everything here is confined to the one thread of a run. Next stage: {@code dev.tubepost.testkit.net}, the network between the producer and
 * the model brokers.
 */
@NullMarked
package dev.tubepost.testkit.env;

import org.jspecify.annotations.NullMarked;
