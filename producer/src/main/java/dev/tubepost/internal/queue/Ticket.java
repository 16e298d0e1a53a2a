package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.RecordBatch;

/** What a message is told when it is appended, and what it tells. */
public interface Ticket {

    /** The message is in the batch, at the index. Called under the queue's lock. */
    void onAppended(RecordBatch batch, int index);

    /** When the message was handed over, by the monotone clock; 0 for now. */
    long acceptedNanos();

    /** How long the caller waited for room before; 0 if it did not. */
    long waitedNanos();
}
