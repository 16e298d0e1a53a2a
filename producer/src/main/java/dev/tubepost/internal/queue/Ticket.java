package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.RecordBatch;

/**
 * Who is told where a message went. It has two implementations, and should not have more: the call is made for each message, and the compiler
 * inlines it as long as it has seen two classes at the most.
 */
@FunctionalInterface
public interface Ticket {

    /** The message is in the batch, at the index. Called under the queue's lock. */
    void onAppended(RecordBatch batch, int index);
}
