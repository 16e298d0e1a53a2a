/**
 * Streams of bytes between the producer and the model brokers, in memory: late, in pieces, cut anywhere.
 *
 * <p>Confined to the one thread of a run. Next stage: {@code dev.tubepost.testkit.broker}, which answers.
 */
@NullMarked
package dev.tubepost.testkit.net;

import org.jspecify.annotations.NullMarked;
