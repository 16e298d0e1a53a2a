/**
 * Record batches and what holds them: the buffer pool, the batch's life from open to done, its outcome, compression.
 *
 * <p>Stage: between the caller, who appends under the partition queue's lock, and the broker worker, who drains, seals and sends. Next
 * stage: {@code internal.queue}.
 */
@NullMarked
package dev.tubepost.internal.batch;

import org.jspecify.annotations.NullMarked;
