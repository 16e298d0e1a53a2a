package dev.tubepost.internal.client;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.queue.BacklogMessage;
import dev.tubepost.internal.queue.Ticket;

/**
 * The ticket of a message that comes from a backlog: whatever waits for the message waits for its batch.
 *
 * @param message the message
 */
record BacklogTicket(BacklogMessage message) implements Ticket {

    @Override
    public void onAppended(RecordBatch batch, int index) {
        batch.joinGeneration(message.generation());
        Ticket ticket = message.ticket();
        if (ticket != null) {
            ticket.onAppended(batch, index);
        }
    }

    @Override
    public long acceptedNanos() {
        return message.acceptedNanos();
    }

    @Override
    public long waitedNanos() {
        return message.waitedNanos();
    }
}
