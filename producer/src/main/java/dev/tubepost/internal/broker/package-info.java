/**
 * Who drains partition queues: a worker for each broker that a session produces to, and one holder for queues without a leader.
 *
 * <p>Stage: the event loop. A worker drains, seals, writes, reads, judges; then the queue again (retry) or {@code internal.report}.
 */
@NullMarked
package dev.tubepost.internal.broker;

import org.jspecify.annotations.NullMarked;
