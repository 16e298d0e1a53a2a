/**
 * Where messages wait: one queue for each partition, a backlog for each topic that is not known yet, and the admission that bounds them.
 *
 * <p>Stage: callers append under the queue's lock; its owner (a broker worker, or the holder of leaderless queues) drains. Next stage:
 * {@code internal.broker}.
 */
@NullMarked
package dev.tubepost.internal.queue;

import org.jspecify.annotations.NullMarked;
