package dev.tubepost.internal.client;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.queue.Ticket;
import dev.tubepost.protocol.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A message in a topic's backlog. <em>Immutable, if nobody changes the arrays: they are copies.</em>
 *
 * @param key the serialized key, or null
 * @param value the serialized value, or null
 * @param timestamp in milliseconds since the epoch
 * @param partition the partition that was asked for, or -1 to ask the partitioner
 * @param maxBytes the record's size, at most; what it is charged in the backlog, too
 * @param acceptedNanos when it was handed over
 * @param waitedNanos how long the caller waited for room before
 * @param ticket who is told where it went; null if nobody asks
 * @param outcome its own, as long as it is in no batch; null if nobody asks
 * @param generation what a flush waits for
 * @param choice of its producer: where it goes once the partitions are known
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of the wire, never compared
record BacklogMessage(
        byte @Nullable [] key,
        byte @Nullable [] value,
        RecordHeader[] headers,
        long timestamp,
        int partition,
        int maxBytes,
        long acceptedNanos,
        long waitedNanos,
        @Nullable Ticket ticket,
        @Nullable BatchOutcome outcome,
        FlushLedger.Generation generation,
        PartitionChoice choice) {

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(acceptedNanos);
    }
}
